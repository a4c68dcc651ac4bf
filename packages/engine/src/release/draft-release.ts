import {
  createFragment,
  createRelease,
  type CreatedFragment,
  type CreatedRelease,
  type FragmentInput,
  type Problem,
  type ReleaseInput,
  type Service,
} from '@fairlead/domain';
import { draftArtifacts } from './draft-artifacts.ts';
import { draftComponents } from './draft-components.ts';
import type { DraftProblem } from './draft-problem.ts';
import type { DraftSource } from './draft-source.ts';
import { nothingNew, type NothingNew } from './nothing-new.ts';

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

interface Invalid {
  readonly kind: 'invalid';
  readonly problems: readonly DraftProblem[];
}

/** What nobody may promote, but people should know. */
interface Noted {
  readonly notes: readonly string[];
}

export type DraftedRelease = (Extract<CreatedRelease, { kind: 'created' }> & Noted) | NothingNew | Invalid;
export type DraftedFragment = (Extract<CreatedFragment, { kind: 'created' }> & Noted) | Invalid;

/** Puts a manifest together and says everything that is wrong with it at once. Writes nothing. */
export async function draftRelease(request: DraftRequest, source: DraftSource): Promise<DraftedRelease> {
  const { content, components, problems, notes } = await draft(request, source, true);
  const captured = request.captured === undefined ? {} : { captured: true as const };
  const created = createRelease(
    {
      ...content,
      metadata: { ...content.metadata, ...captured },
      components: components.length === 0 ? [standIn.component] : [...components],
    },
    'the manifest',
  );
  const all = [...problems, ...(created.kind === 'created' ? [] : created.problems.map(fromContent))];
  if (created.kind !== 'created' || all.length > 0) return { kind: 'invalid', problems: all };
  return (request.captured === undefined ? await nothingNew(created.manifest, source) : undefined) ?? { ...created, notes };
}

/** Puts together what one of several builds knows of a release. */
export async function draftFragment(request: DraftRequest, source: DraftSource): Promise<DraftedFragment> {
  const { content, components, problems, notes } = await draft(request, source, false);
  const created = createFragment({ ...content, ...(components.length === 0 ? {} : { components: [...components] }) }, 'the fragment');
  const all = [...problems, ...(created.kind === 'created' ? [] : created.problems.map(fromContent))];
  return created.kind === 'created' && all.length === 0 ? { ...created, notes } : { kind: 'invalid', problems: all };
}

interface Draft extends Noted {
  readonly content: FragmentInput;
  readonly components: ReleaseInput['components'];
  readonly problems: readonly DraftProblem[];
}

async function draft(request: DraftRequest, source: DraftSource, whole: boolean): Promise<Draft> {
  const { service, version, repository, ref, problems } = identityOf(request, source);
  const given = await draftComponents({
    texts: request.components,
    service: source.service,
    whole,
    built: { repository, commit: source.commit },
    ...(source.registry === undefined ? {} : { registry: source.registry }),
  });
  const kept = await draftArtifacts(request.artifacts, source);
  return {
    content: {
      metadata: { service, version, createdAt: `${source.committedAt.toISOString().slice(0, 19)}Z` },
      source: { repository, commit: source.commit, ref },
      ...(request.schemaId === undefined ? {} : { schema: { id: request.schemaId } }),
      ...(request.seedId === undefined ? {} : { seeds: { id: request.seedId } }),
      ...(kept.artifacts.length === 0 ? {} : { artifacts: [...kept.artifacts] }),
    },
    components: given.components,
    problems: [...problems, ...(await elsewhere(request.ref ?? source.branch, source)), ...given.problems, ...kept.problems],
    notes: given.notes,
  };
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
