import { agreed, type AssemblyProblem, type SaidIn } from './agreed.ts';
import { joinComponents } from './join-components.ts';
import { createRelease, type CreatedRelease, type ReleaseInput } from './create-release.ts';
import type { ReleaseFragment } from './release-fragment.ts';

/** A fragment and the file that it came from, named in problems. */
export interface FragmentFile {
  readonly file: string;
  readonly fragment: ReleaseFragment;
}

export type { AssemblyProblem };

export type AssembledRelease =
  Extract<CreatedRelease, { kind: 'created' }> | { readonly kind: 'refused'; readonly problems: readonly AssemblyProblem[] };

/** Joins the fragments of one build. They agree on service, version, time and source, and on everything that two of them say; each required component is in one.
 *  The order of the fragments makes no other release. */
export function assembleRelease(fragments: readonly FragmentFile[], required: readonly string[]): AssembledRelease {
  const ordered = fragments.toSorted((one, other) => (one.file < other.file ? -1 : Number(one.file > other.file)));
  const [first] = ordered;
  if (first === undefined) return { kind: 'refused', problems: [noFragment] };
  const components = joinComponents(ordered);
  const schema = joinSchema(ordered);
  const seeds = agreed(
    'the seed id',
    said(ordered, ({ seeds: value }) => value?.id),
    String,
  );
  const profiles = joinNamed('profile', ordered, ({ profiles: value }) => Object.entries(value ?? {}));
  const artifacts = joinNamed('artifact', ordered, ({ artifacts: value }) => (value ?? []).map((artifact) => [artifact.name, artifact]));
  const problems = [
    ...identity(ordered),
    ...[components, schema, seeds, profiles, artifacts].flatMap((part) => part.problems),
    ...missing(required, ordered),
  ];
  if (problems.length > 0) return { kind: 'refused', problems };

  const { metadata, source } = first.fragment;
  const created = createRelease(
    {
      metadata,
      source,
      components: components.value,
      ...(schema.value === undefined ? {} : { schema: schema.value }),
      ...(seeds.value === undefined ? {} : { seeds: { id: seeds.value } }),
      ...(profiles.value.length === 0 ? {} : { profiles: Object.fromEntries(profiles.value) }),
      ...(artifacts.value.length === 0 ? {} : { artifacts: artifacts.value.map(([, artifact]) => artifact) }),
    },
    'the assembled manifest',
  );
  if (created.kind === 'created') return created;
  return { kind: 'refused', problems: created.problems.map(({ message, hint }) => ({ message, fix: hint ?? 'correct the fragment' })) };
}

const noFragment: AssemblyProblem = { message: 'no fragment is given', fix: 'give the files that `fairlead release fragment` wrote' };

function said<T>(files: readonly FragmentFile[], of: (fragment: ReleaseFragment) => T | undefined): readonly SaidIn<T>[] {
  return files.flatMap(({ file, fragment }) => {
    const value = of(fragment);
    return value === undefined ? [] : [{ file, value }];
  });
}

function identity(files: readonly FragmentFile[]): readonly AssemblyProblem[] {
  const fields: readonly (readonly [what: string, of: (fragment: ReleaseFragment) => string])[] = [
    ['the service', ({ metadata }) => metadata.service],
    ['the version', ({ metadata }) => metadata.version],
    ['createdAt', ({ metadata }) => metadata.createdAt],
    ['the source repository', ({ source }) => source.repository],
    ['the commit', ({ source }) => source.commit],
    ['the ref', ({ source }) => source.ref],
  ];
  return fields.flatMap(([what, of]) => agreed(what, said(files, of), String).problems);
}

function joinSchema(files: readonly FragmentFile[]): {
  readonly value?: NonNullable<ReleaseInput['schema']>;
  readonly problems: readonly AssemblyProblem[];
} {
  const id = agreed(
    'the schema id',
    said(files, ({ schema }) => schema?.id),
    String,
  );
  const migrations = joinNamed('migration', files, ({ schema }) =>
    (schema?.migrations ?? []).map((migration) => [migration.id, migration]),
  );
  const problems = [...id.problems, ...migrations.problems];
  if (id.value === undefined) return { problems };
  const entries = migrations.value.map(([, migration]) => migration);
  return { value: { id: id.value, ...(entries.length === 0 ? {} : { migrations: entries }) }, problems };
}

type Entries<T> = readonly (readonly [name: string, value: T])[];

/** Things with names: each is the same wherever it is said. */
function joinNamed<T extends Parameters<typeof agreed>[1][number]['value']>(
  what: string,
  files: readonly FragmentFile[],
  of: (fragment: ReleaseFragment) => Entries<T>,
): { readonly value: Entries<T>; readonly problems: readonly AssemblyProblem[] } {
  const names = [...new Set(files.flatMap(({ fragment }) => of(fragment).map(([name]) => name)))].toSorted();
  const joined = names.map((name) => {
    const words = said(files, (fragment) => of(fragment).find(([known]) => known === name)?.[1]);
    return { name, ...agreed(`${what} ${name}`, words, (value) => JSON.stringify(value)) };
  });
  return {
    value: joined.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const])),
    problems: joined.flatMap(({ problems }) => problems),
  };
}

function missing(required: readonly string[], files: readonly FragmentFile[]): readonly AssemblyProblem[] {
  const known = new Set<string>(files.flatMap(({ fragment }) => (fragment.components ?? []).map(({ name }) => name)));
  return [...new Set(required)]
    .filter((name) => !known.has(name))
    .map((name) => ({
      message: `component ${name} is required, and none of the fragments has it`,
      fix: `give the fragment of the job that builds ${name}`,
    }));
}
