import {
  InvalidError,
  NotFoundError,
  RepoPath,
  type CommitSha,
  type Digest,
  type Environment,
  type EnvironmentId,
  type ResolvedPolicy,
  type Service,
  type ValidationPhase,
} from '@fairlead/domain';
import type { EnginePorts, Repository } from '../engine-ports.ts';
import { loadServices } from './load-services.ts';
import type { LoadedService, ServiceConfiguration } from './service-configuration.ts';

/** One environment as the protected branch declares it at `commit`. */
export interface EnvironmentConfiguration {
  readonly repository: Repository;
  readonly commit: CommitSha;
  readonly root: RepoPath | '';
  /** Names all documents that a decision used. */
  readonly digest: Digest;
  readonly service: Service;
  readonly environment: Environment;
  readonly policy: ResolvedPolicy;
  /** The phases that apply here, in the order in which they run. */
  readonly phases: readonly ValidationPhase[];
}

/** Reads it from the head of the protected branch. Throws `NotFoundError` (`environment-unknown`), `InvalidError` (`configuration-invalid`). */
export async function environmentConfiguration(
  ports: Pick<EnginePorts, 'repositories'>,
  id: EnvironmentId,
  when: Freshness = 'now',
): Promise<EnvironmentConfiguration> {
  const [serviceName = '', name = ''] = id.split('/');
  const found = await findService(ports, serviceName, when);
  const environment = found.services.environments.find((candidate) => candidate.metadata.name === name);
  if (environment === undefined) {
    const known = found.services.environments.map((candidate) => candidate.metadata.name).join(', ');
    throw new NotFoundError('environment-unknown', `service ${serviceName} has no environment ${name}`, { hint: `it has: ${known}` });
  }
  const { repository, commit, services } = found;
  return {
    repository,
    commit,
    root: services.root === '' ? '' : RepoPath.parse(services.root),
    digest: services.digest,
    service: services.service,
    environment,
    policy: services.policy,
    phases: services.phases.filter(({ spec }) => spec.environments.some((candidate) => candidate === name)),
  };
}

export interface FoundService {
  readonly repository: Repository;
  readonly commit: CommitSha;
  readonly services: ServiceConfiguration;
}

/** The repository whose protected branch declares the service. */
export async function findService(
  ports: Pick<EnginePorts, 'repositories'>,
  service: string,
  when: Freshness = 'now',
): Promise<FoundService> {
  const { found, invalid } = await everyService(ports, when);
  const match = found.find(({ services }) => services.service.metadata.name === service);
  if (match !== undefined) return match;
  const broken = invalid[0]?.problems[0];
  if (broken !== undefined) {
    throw new InvalidError('configuration-invalid', `${broken.file}:${String(broken.line)}: ${broken.message}`, {
      hint: 'repair it on the protected branch; `fairlead check` shows all problems',
    });
  }
  const known = found.map(({ services }) => services.service.metadata.name).join(', ') || 'none';
  throw new NotFoundError('service-unknown', `no repository declares the service ${service}`, { hint: `known services: ${known}` });
}

export interface EveryService {
  readonly found: readonly FoundService[];
  readonly invalid: readonly (LoadedService & { readonly kind: 'invalid' })[];
}

/** How new a look at Git has to be. `lately`: at most a second old, which promotions of one repository share, however many they are.
 *  A page that people look at must not wait for Git: `as-last-fetched`. */
export type Freshness = 'now' | 'lately' | 'as-last-fetched';

const latelyMs = 1_000;

/** All services of all repositories, as their protected branches declare them. */
export async function everyService({ repositories }: Pick<EnginePorts, 'repositories'>, when: Freshness = 'now'): Promise<EveryService> {
  const found: FoundService[] = [];
  const invalid: (LoadedService & { readonly kind: 'invalid' })[] = [];
  for (const repository of repositories) {
    if (when !== 'as-last-fetched') await repository.git.fetch({ maxAgeMs: when === 'lately' ? latelyMs : 0 });
    const commit = await repository.git.head(repository.branch);
    if (commit === 'absent') continue;
    for (const services of await loadServices(await repository.git.snapshot(commit))) {
      if (services.kind === 'ok') found.push({ repository, commit, services });
      else invalid.push(services);
    }
  }
  return { found, invalid };
}
