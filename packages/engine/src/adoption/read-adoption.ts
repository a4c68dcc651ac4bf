import {
  folderOf,
  judgeAdoption,
  RepoPath,
  type AdoptionEvidence,
  type AdoptionPhase,
  type Environment,
  type JudgedAdoption,
  type SecretCount,
  type Tier,
} from '@fairlead/domain';
import type { EnginePorts } from '../engine-ports.ts';
import type { PathTree } from '../ports/file-snapshot.ts';
import type { PathChange, PathHistory } from '../ports/path-history.ts';
import { loadServices } from '../service/load-services.ts';
import type { LoadedService, ServiceConfiguration } from '../service/service-configuration.ts';
import { secretsInPast, secretsInTree } from './count-secrets.ts';
import { inputChanges, type PastFiles } from './input-changes.ts';
import { readEvidence } from './read-evidence.ts';

export interface AdoptionPorts extends Pick<EnginePorts, 'renderer'> {
  readonly files: PathTree;
  readonly history: PathHistory;
  readonly past: PastFiles;
}

/** How one environment stands. */
export interface EnvironmentAdoption extends JudgedAdoption {
  readonly service: string;
  readonly environment: string;
  readonly tier: Tier;
  readonly phase: AdoptionPhase;
}

export interface ReadAdoption {
  readonly items: readonly EnvironmentAdoption[];
  readonly invalid: readonly (LoadedService & { readonly kind: 'invalid' })[];
  /** Files of evidence that could not be read. */
  readonly unreadable: readonly string[];
}

/** How many changes of an environment's inputs are looked through for images, and for secrets. */
const most = { images: 200, secrets: 2_000 } as const;

/** How every declared environment at or below the path stands to leaving `hold`, from Git and from files of evidence. */
export async function readAdoption(ports: AdoptionPorts, path: RepoPath | '', now: Date): Promise<ReadAdoption> {
  const loaded = await loadServices(ports.files);
  const within = loaded.filter(
    ({ root }) => path === '' || root === path || root.startsWith(`${path}/`) || path.startsWith(root === '' ? '' : `${root}/`),
  );
  const items: EnvironmentAdoption[] = [];
  const unreadable: string[] = [];
  for (const service of within) {
    if (service.kind === 'invalid') continue;
    const read = await readEvidence(ports.files, service.root);
    unreadable.push(...read.unreadable);
    for (const environment of inOrder(service)) items.push(await standing(ports, { service, environment, evidence: read.evidence, now }));
  }
  return { items, unreadable, invalid: within.filter((service) => service.kind === 'invalid') };
}

function inOrder({ service, environments }: ServiceConfiguration): readonly Environment[] {
  const order = service.spec.environments;
  return environments.toSorted((one, other) => order.indexOf(one.metadata.name) - order.indexOf(other.metadata.name));
}

interface Asked {
  readonly service: ServiceConfiguration;
  readonly environment: Environment;
  readonly evidence: readonly AdoptionEvidence[];
  readonly now: Date;
}

async function standing(ports: AdoptionPorts, { service, environment, evidence, now }: Asked): Promise<EnvironmentAdoption> {
  const name = service.service.metadata.name;
  const staging = service.environments.filter(({ spec }) => spec.tier === 'staging').map(({ metadata }) => `${name}/${metadata.name}`);
  const folder = RepoPath.parse(service.root === '' ? environment.spec.path : `${service.root}/${environment.spec.path}`);
  const inputs = await inputsOf(ports, folder);
  const paths = withoutNested([folder, ...inputs.map(folderOf)]);
  const changes = await ports.history.changes(paths, most.secrets);
  const id = `${name}/${environment.metadata.name}`;
  const judged = judgeAdoption(
    {
      changes: await inputChanges(ports.past, changes.slice(0, most.images), `${folder}/release-manifest.ref`),
      evidence: evidence.filter((one) => one.environment === id),
      staging: evidence.filter((one) => staging.includes(one.environment)),
      secrets: { tree: await secretsInTree(ports.files, inputs), history: await secretsBefore(ports, changes) },
      controls: service.controls,
    },
    now,
  );
  return { service: name, environment: environment.metadata.name, tier: environment.spec.tier, phase: 'hold', ...judged };
}

/** All that lies in its folder, and what its render reads besides. */
async function inputsOf({ renderer, files }: AdoptionPorts, folder: RepoPath): Promise<readonly string[]> {
  const outcome = await renderer.render(folder, files);
  const listed = await files.files(folder);
  const own = listed === 'absent' ? [] : listed.map(({ path }) => String(path));
  return [...new Set([...own, ...outcome.inputs.filter(({ kind }) => kind === 'file').map(({ path }) => path)])];
}

async function secretsBefore({ history, past }: AdoptionPorts, changes: readonly PathChange[]): Promise<SecretCount> {
  if (await history.isShallow()) return { kind: 'unknown', because: 'the clone is shallow: git fetch --unshallow' };
  const count = await secretsInPast(past, changes);
  if (changes.length < most.secrets || (count.kind === 'counted' && count.found > 0)) return count;
  return { kind: 'unknown', because: `there are more than ${String(most.secrets)} changes: see fairlead check --range` };
}

function withoutNested(folders: readonly string[]): readonly string[] {
  const unique = [...new Set(folders)].filter((folder) => folder !== '');
  return unique.filter((folder) => !unique.some((other) => folder !== other && folder.startsWith(`${other}/`)));
}
