import { createRelease, type CreatedRelease, type Problem, type Service } from '@fairlead/domain';
import { draftArtifacts } from './draft-artifacts.ts';
import { draftComponents } from './draft-components.ts';
import type { DraftProblem } from './draft-problem.ts';
import type { DraftSource } from './draft-source.ts';

/** What a build says of a release; what it leaves out comes from the service's document and the checkout. */
export interface DraftRequest {
  readonly version?: string;
  readonly service?: string;
  /** `name=repository@sha256:…`, or `name=sha256:…` where the service names the repository. */
  readonly components: readonly string[];
  readonly repository?: string;
  readonly ref?: string;
  readonly schemaId?: string;
  readonly seedId?: string;
  /** `name=folder` of a kustomize base, below the service root. */
  readonly artifacts: readonly string[];
  /** Written from what runs, not by a build. */
  readonly captured?: true;
}

export type DraftedRelease =
  Extract<CreatedRelease, { kind: 'created' }> | { readonly kind: 'invalid'; readonly problems: readonly DraftProblem[] };

/** Puts a manifest together and says everything that is wrong with it at once. Writes nothing. */
export async function draftRelease(request: DraftRequest, source: DraftSource): Promise<DraftedRelease> {
  const given = draftComponents(request.components, source.service);
  const kept = await draftArtifacts(request.artifacts, source);
  const { service, version, repository, ref, problems } = identityOf(request, source);
  const created = createRelease(
    {
      metadata: {
        service,
        version,
        createdAt: `${source.committedAt.toISOString().slice(0, 19)}Z`,
        ...(request.captured === undefined ? {} : { captured: true }),
      },
      source: { repository, commit: source.commit, ref },
      components: given.components.length === 0 ? [standIn.component] : [...given.components],
      ...(request.schemaId === undefined ? {} : { schema: { id: request.schemaId } }),
      ...(request.seedId === undefined ? {} : { seeds: { id: request.seedId } }),
      ...(kept.artifacts.length === 0 ? {} : { artifacts: [...kept.artifacts] }),
    },
    'the manifest',
  );
  const ofContent = created.kind === 'created' ? [] : created.problems.map(fromContent);
  const all = [...problems, ...(await elsewhere(request.ref ?? source.branch, source)), ...given.problems, ...kept.problems, ...ofContent];
  return created.kind === 'created' && all.length === 0 ? created : { kind: 'invalid', problems: all };
}

/** Right by themselves, so that what is missing hides nothing else that is wrong. */
const standIn = {
  service: 'missing',
  version: 'missing',
  repository: 'https://missing.invalid/missing',
  ref: 'refs/heads/missing',
  component: { name: 'missing', image: { repository: 'missing', digest: `sha256:${'0'.repeat(64)}` } },
} as const;

interface Identity extends Readonly<Record<'service' | 'version' | 'repository' | 'ref', string>> {
  readonly problems: readonly DraftProblem[];
}

function identityOf(request: DraftRequest, source: DraftSource): Identity {
  const { service } = source;
  const found: Readonly<Record<keyof typeof flags, string | undefined>> = {
    service: request.service ?? service?.metadata.name,
    version: request.version,
    repository: request.repository ?? service?.spec.repository ?? source.origin,
    ref: request.ref ?? source.branch,
  };
  const missing = (['service', 'version', 'repository', 'ref'] as const).filter((name) => found[name] === undefined);
  const problems = missing.map((name) => ({ flag: flags[name], message: whyMissing[name], fix: `give ${flags[name]}` }));
  return { ...filled(found), problems: [...problems, ...otherService(request, service), ...unprotected(found.ref, service)] };
}

function filled(found: Readonly<Record<keyof typeof flags, string | undefined>>): Omit<Identity, 'problems'> {
  return {
    service: found.service ?? standIn.service,
    version: found.version ?? standIn.version,
    repository: found.repository ?? standIn.repository,
    ref: found.ref ?? standIn.ref,
  };
}

const flags = { service: '--service', version: '--version', repository: '--source-repository', ref: '--ref' } as const;

const whyMissing = {
  service: 'no service is named, and no service root lies here',
  version: 'no version is named',
  repository: 'the checkout has no origin to name as the source',
  ref: 'no branch is checked out to name as the source',
} as const;

function otherService({ service: named }: DraftRequest, service: Service | undefined): readonly DraftProblem[] {
  if (named === undefined || service === undefined || named === service.metadata.name) return [];
  return [{ flag: '--service', message: `this root is of service ${service.metadata.name}, not ${named}`, fix: 'leave --service out' }];
}

function unprotected(ref: string | undefined, service: Service | undefined): readonly DraftProblem[] {
  if (ref === undefined || service === undefined || service.spec.source.refs.some((allowed) => allowed === ref)) return [];
  const allowed = service.spec.source.refs.join(', ');
  return [
    {
      flag: '--ref',
      message: `${ref} is none of the refs that service ${service.metadata.name} is released from: ${allowed}`,
      fix: 'release from one of them',
    },
  ];
}

async function elsewhere(ref: string | undefined, source: DraftSource): Promise<readonly DraftProblem[]> {
  if (ref === undefined || (await source.isOn(ref)) !== false) return [];
  const message = `commit ${source.commit.slice(0, 12)} is not on ${ref}`;
  return [{ flag: '--ref', message, fix: 'merge it first, or name the ref that it is on' }];
}

function fromContent({ pointer, message, hint }: Problem): DraftProblem {
  const [flag = '--version'] = Object.entries(flagOf).flatMap(([start, name]) => (pointer.startsWith(start) ? [name] : []));
  return { flag, message, fix: hint ?? `correct ${flag}` };
}

const flagOf: Readonly<Record<string, string>> = {
  '/metadata/service': '--service',
  '/metadata/version': '--version',
  '/source/repository': '--source-repository',
  '/source/ref': '--ref',
  '/components': '--component',
  '/artifacts': '--artifact',
  '/schema': '--schema-id',
  '/seeds': '--seed-id',
};
