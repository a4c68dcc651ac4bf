import { diffObjects, objectKey, objectRefOf, renderFault, type Json, type JsonObject, type ObjectChange } from '@fairlead/domain';
import type { EnginePorts } from '../engine-ports.ts';
import type { FileSnapshot } from '../ports/file-snapshot.ts';
import type { RenderOutcome } from '../ports/renderer.ts';
import type { FoundEnvironment } from './find-environments.ts';

export interface TwoEnvironments {
  readonly files: FileSnapshot;
  readonly one: FoundEnvironment;
  readonly other: FoundEnvironment;
}

/** How the second environment differs from the first. `namespaces`: what was taken for the same place. */
export type ComparedEnvironments =
  | { readonly kind: 'compared'; readonly changes: readonly ObjectChange[]; readonly namespaces: readonly NamespacePair[] }
  | { readonly kind: 'failed'; readonly environment: string; readonly code: string; readonly message: string; readonly fix: string };

/** `''` is none. */
export interface NamespacePair {
  readonly one: string;
  readonly other: string;
}

/** Compares what two environments render to. Each has namespaces of its own, so an object is the same where kind and name are, in a namespace that stands for the other. */
export async function compareEnvironments(
  { renderer }: Pick<EnginePorts, 'renderer'>,
  { files, one, other }: TwoEnvironments,
): Promise<ComparedEnvironments> {
  const was = await renderer.render(one.path, files);
  if (was.kind === 'failed') return failed(one, was);
  const is = await renderer.render(other.path, files);
  if (is.kind === 'failed') return failed(other, is);
  const namespaces = pairedNamespaces(was.objects, is.objects);
  const places = { pairs: namespaces, theirs: keysOf(is.objects) };
  const before = was.objects.map((object) => moved(object, places));
  return { kind: 'compared', changes: diffObjects(before, is.objects), namespaces };
}

function failed({ name }: FoundEnvironment, outcome: Extract<RenderOutcome, { kind: 'failed' }>): ComparedEnvironments {
  return { kind: 'failed', environment: name, code: outcome.code, ...renderFault(outcome) };
}

/** An object that only the first has where it is, and only the second has elsewhere, is one that moved; where most of a namespace's objects went, the rest of it went too. */
function pairedNamespaces(before: readonly JsonObject[], after: readonly JsonObject[]): readonly NamespacePair[] {
  const [mine, theirs] = [keysOf(before), keysOf(after)];
  const elsewhere = after.filter((object) => !mine.has(objectKey(objectRefOf(object))));
  const votes = new Map<string, Map<string, number>>();
  for (const object of before.filter((candidate) => !theirs.has(objectKey(objectRefOf(candidate))))) {
    const counts = votes.get(namespaceOf(object)) ?? new Map<string, number>();
    votes.set(namespaceOf(object), counts);
    for (const twin of elsewhere.filter((candidate) => isTwin(candidate, object)))
      counts.set(namespaceOf(twin), (counts.get(namespaceOf(twin)) ?? 0) + 1);
  }
  return [...votes].flatMap(([one, counts]) => {
    const [most] = [...counts].toSorted(([, a], [, b]) => b - a);
    return most === undefined ? [] : [{ one, other: most[0] }];
  });
}

function keysOf(objects: readonly JsonObject[]): ReadonlySet<string> {
  return new Set(objects.map((object) => objectKey(objectRefOf(object))));
}

function isTwin(one: JsonObject, other: JsonObject): boolean {
  const [a, b] = [objectRefOf(one), objectRefOf(other)];
  return a.group === b.group && a.kind === b.kind && a.name === b.name;
}

function namespaceOf(object: JsonObject): string {
  return objectRefOf(object).namespace ?? '';
}

/** As it would be called in the other environment, unless that has it under its own name. */
function moved(
  object: JsonObject,
  { pairs, theirs }: { readonly pairs: readonly NamespacePair[]; readonly theirs: ReadonlySet<string> },
): JsonObject {
  const pair = pairs.find(({ one }) => one === namespaceOf(object));
  const metadata = object['metadata'];
  if (pair === undefined || theirs.has(objectKey(objectRefOf(object))) || !isMap(metadata)) return object;
  const { namespace: _, ...rest } = metadata;
  return { ...object, metadata: pair.other === '' ? rest : { ...rest, namespace: pair.other } };
}

function isMap(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
