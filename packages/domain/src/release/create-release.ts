import type { z } from 'zod';
import { apiVersion } from '../document/document-identity.ts';
import { printDocument } from '../document/print-document.ts';
import type { Problem } from '../document/problem.ts';
import type { Digest } from '../evidence/digest.ts';
import { readReleaseFragment, ReleaseFragment } from './release-fragment.ts';
import { readReleaseManifest, ReleaseManifest } from './release-manifest.ts';

/** A manifest's content as plain values, none checked yet. */
export type ReleaseInput = Omit<z.input<typeof ReleaseManifest>, 'apiVersion' | 'kind'>;

/** A fragment's content as plain values, none checked yet. */
export type FragmentInput = Omit<z.input<typeof ReleaseFragment>, 'apiVersion' | 'kind'>;

export type CreatedFragment =
  | { readonly kind: 'created'; readonly fragment: ReleaseFragment; readonly text: string }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

export type CreatedRelease =
  | { readonly kind: 'created'; readonly manifest: ReleaseManifest; readonly digest: Digest; readonly text: string }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/** Makes the manifest that a build writes. Components, artifacts and migrations are sorted: their order on a command line makes no other release.
 *  Problems point into the text that would have been written, under the name `file`. */
export function createRelease(input: ReleaseInput, file: string): CreatedRelease {
  const read = readReleaseManifest(printDocument(inOrder(input)), file);
  if (read.kind === 'invalid') return { kind: 'invalid', problems: read.problems };
  return { kind: 'created', manifest: read.value, digest: read.digest, text: printReleaseManifest(read.value) };
}

/** Makes the fragment that one of several builds writes, in the same order. */
export function createFragment(input: FragmentInput, file: string): CreatedFragment {
  const { components, ...rest } = input;
  const written = {
    apiVersion,
    kind: 'ReleaseFragment',
    ...contentInOrder(rest),
    ...(components === undefined ? {} : { components: byName(components) }),
  };
  const read = readReleaseFragment(printDocument(written), file);
  if (read.kind === 'invalid') return { kind: 'invalid', problems: read.problems };
  return { kind: 'created', fragment: read.value, text: printDocument(ReleaseFragment.parse(read.value)) };
}

/** Block-style YAML with the schema's order of fields, whatever the order of the value's. */
export function printReleaseManifest(manifest: ReleaseManifest): string {
  return printDocument(ReleaseManifest.parse(manifest));
}

function inOrder({ components, ...rest }: ReleaseInput): z.input<typeof ReleaseManifest> {
  return { apiVersion, kind: 'ReleaseManifest', ...contentInOrder(rest), components: byName(components) };
}

type Content = Pick<ReleaseInput, 'schema' | 'artifacts'>;

function contentInOrder<T extends Content>({ schema, artifacts, ...rest }: T): Omit<T, keyof Content> & Content {
  return {
    ...rest,
    ...(schema === undefined ? {} : { schema: schemaInOrder(schema) }),
    ...(artifacts === undefined ? {} : { artifacts: byName(artifacts) }),
  };
}

function byName<T extends { readonly name: string }>(entries: readonly T[]): T[] {
  return sortedBy(entries, ({ name }) => name);
}

function schemaInOrder({ id, migrations }: NonNullable<ReleaseInput['schema']>): NonNullable<ReleaseInput['schema']> {
  return migrations === undefined ? { id } : { id, migrations: sortedBy(migrations, (migration) => migration.id) };
}

function sortedBy<T>(entries: readonly T[], key: (entry: T) => string): T[] {
  return entries.toSorted((a, b) => (key(a) < key(b) ? -1 : Number(key(a) > key(b))));
}
