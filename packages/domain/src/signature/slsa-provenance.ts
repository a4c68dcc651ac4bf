import { z } from 'zod';
import { CommitSha } from '../desired-state/commit-sha.ts';
import type { AttestedStatement } from './attested-statement.ts';
import { readSourceUri, type SourceUri } from './source-uri.ts';

/** How something was built, as far as any demand depends on it. Each source that the builder names as the one that it was told to build. */
export interface Provenance {
  readonly builder: string;
  readonly sources: readonly ProvenanceSource[];
}

export interface ProvenanceSource extends SourceUri {
  readonly commit?: CommitSha;
}

const DigestSet = z.record(z.string(), z.string());
const Material = z.looseObject({ uri: z.string(), digest: DigestSet.optional() });

const ProvenanceV1 = z.looseObject({
  buildDefinition: z.looseObject({
    externalParameters: z.looseObject({
      workflow: z.looseObject({ repository: z.string(), ref: z.string().optional() }).optional(),
      source: z.union([z.string(), Material]).optional(),
      configSource: z.looseObject({ uri: z.string(), digest: DigestSet.optional() }).optional(),
    }),
    resolvedDependencies: z.array(z.looseObject({ uri: z.string().optional(), digest: DigestSet.optional() })).optional(),
  }),
  runDetails: z.looseObject({ builder: z.looseObject({ id: z.string() }) }),
});

const ProvenanceV02 = z.looseObject({
  builder: z.looseObject({ id: z.string() }),
  invocation: z
    .looseObject({ configSource: z.looseObject({ uri: z.string().optional(), digest: DigestSet.optional() }).optional() })
    .optional(),
});

export const provenancePredicates: readonly string[] = ['https://slsa.dev/provenance/v1', 'https://slsa.dev/provenance/v0.2'];

/** SLSA provenance v1 and v0.2, as GitHub, GitLab, BuildKit and the SLSA generators write it. `unreadable`: it isn't what its type says. */
export function readProvenance({ predicateType, predicate }: AttestedStatement): Provenance | 'other-type' | 'unreadable' {
  if (!provenancePredicates.includes(predicateType)) return 'other-type';
  const provenance = predicateType.endsWith('/v1') ? readV1(predicate) : readV02(predicate);
  return provenance ?? 'unreadable';
}

function readV1(predicate: unknown): Provenance | undefined {
  const read = ProvenanceV1.safeParse(predicate).data;
  if (read === undefined) return undefined;
  const { externalParameters, resolvedDependencies = [] } = read.buildDefinition;
  const { workflow, source, configSource } = externalParameters;
  const named = [
    ...(workflow === undefined
      ? []
      : [{ ...readSourceUri(workflow.repository), ...(workflow.ref === undefined ? {} : { ref: workflow.ref }) }]),
    ...(source === undefined ? [] : [typeof source === 'string' ? readSourceUri(source) : sourceOf(source)]),
    ...(configSource === undefined ? [] : [sourceOf(configSource)]),
  ];
  const resolved = resolvedDependencies.flatMap(({ uri, digest }) => (uri === undefined ? [] : [sourceOf({ uri, digest })]));
  return { builder: read.runDetails.builder.id, sources: named.map((one) => withCommit(one, resolved)) };
}

function readV02(predicate: unknown): Provenance | undefined {
  const read = ProvenanceV02.safeParse(predicate).data;
  if (read === undefined) return undefined;
  const { uri, digest } = read.invocation?.configSource ?? {};
  return { builder: read.builder.id, sources: uri === undefined ? [] : [sourceOf({ uri, digest })] };
}

function sourceOf({
  uri,
  digest,
}: {
  readonly uri: string;
  readonly digest?: Readonly<Record<string, string>> | undefined;
}): ProvenanceSource {
  const commit = CommitSha.safeParse(digest?.['gitCommit'] ?? digest?.['sha1']);
  return { ...readSourceUri(uri), ...(commit.success ? { commit: commit.data } : {}) };
}

/** The parameters name what to build, the dependencies what came of it. */
function withCommit(source: ProvenanceSource, resolved: readonly ProvenanceSource[]): ProvenanceSource {
  if (source.commit !== undefined) return source;
  const same = resolved.filter(({ repository, ref, commit }) => {
    return (
      commit !== undefined && repository === source.repository && (ref === undefined || source.ref === undefined || ref === source.ref)
    );
  });
  const commits = new Set(same.map(({ commit }) => commit));
  const [first] = same;
  // Two commits of one repository: which one was built cannot be told.
  if (first?.commit === undefined || commits.size !== 1) return source;
  return { ...source, commit: first.commit, ...(source.ref === undefined && first.ref !== undefined ? { ref: first.ref } : {}) };
}
