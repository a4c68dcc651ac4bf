import {
  objectKey,
  objectRefOf,
  renderFault,
  type CommitSha,
  type Digest,
  type JsonObject,
  type ObjectRef,
  type RepoPath,
} from '@fairlead/domain';
import type { FileSnapshot } from '../ports/file-snapshot.ts';
import type { RenderErrorCode, Renderer } from '../ports/renderer.ts';

/** What an environment's files ask for, where one target's controller puts it. */
export interface DesiredObjects {
  /** `working-tree` where no commit has it. */
  readonly commit: CommitSha | 'working-tree';
  readonly digest: Digest;
  /** By `objectKey`. */
  readonly objects: ReadonlyMap<string, DesiredObject>;
}

export interface DesiredObject {
  readonly ref: ObjectRef;
  readonly object: JsonObject;
}

export interface DesiredQuestion {
  readonly path: RepoPath | '';
  readonly files: FileSnapshot;
  readonly commit: DesiredObjects['commit'];
  /** Where the controller puts objects that name none. */
  readonly namespace?: string;
  /** Kinds that live in no namespace, as `group/Kind`. */
  readonly clusterScoped: ReadonlySet<string>;
}

export type LoadedDesired = { readonly kind: 'rendered'; readonly desired: DesiredObjects } | NotRendered;

/** Why there is nothing to compare with, for people. */
export interface NotRendered {
  readonly kind: 'not-rendered';
  readonly code: RenderErrorCode;
  readonly message: string;
  readonly fix: string;
}

/** Renders, and gives each object the namespace that it will live in: kustomize gives one to every custom object, and the API server takes it away again. */
export async function loadDesired({ renderer }: { readonly renderer: Renderer }, question: DesiredQuestion): Promise<LoadedDesired> {
  const rendered = await renderer.render(question.path, question.files);
  if (rendered.kind === 'failed') {
    const { message, fix } = renderFault(rendered);
    return { kind: 'not-rendered', code: rendered.code, message, fix };
  }
  const objects = new Map<string, DesiredObject>();
  for (const object of rendered.objects) {
    const placed = inNamespace(object, question);
    const ref = objectRefOf(placed);
    objects.set(objectKey(ref), { ref, object: placed });
  }
  return { kind: 'rendered', desired: { commit: question.commit, digest: rendered.digest, objects } };
}

function inNamespace(object: JsonObject, { namespace, clusterScoped }: DesiredQuestion): JsonObject {
  const ref = objectRefOf(object);
  const metadata = object['metadata'];
  if (clusterScoped.has(`${ref.group}/${ref.kind}`)) return ref.namespace === undefined ? object : withoutNamespace(object);
  if (ref.namespace !== undefined || namespace === undefined) return object;
  return { ...object, metadata: { ...(isMap(metadata) ? metadata : {}), namespace } };
}

function withoutNamespace({ metadata, ...object }: JsonObject): JsonObject {
  const { namespace: _namespace, ...rest } = isMap(metadata) ? metadata : {};
  return { ...object, metadata: rest };
}

export function isMap(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The kinds of some objects, each once. */
export function kindsOf(refs: Iterable<ObjectRef>): readonly { readonly group: string; readonly kind: string }[] {
  const kinds = new Map<string, { readonly group: string; readonly kind: string }>();
  for (const { group, kind } of refs) kinds.set(`${group}/${kind}`, { group, kind });
  return [...kinds.values()];
}
