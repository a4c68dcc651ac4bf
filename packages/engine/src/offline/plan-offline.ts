import {
  didYouMean,
  EnvironmentId,
  InvalidError,
  migrationBlockers,
  NotFoundError,
  promotionBranch,
  repeatablePromotionId,
  RepoPath,
  type Blocker,
  type CommitSha,
  type Environment,
  type Plan,
  type PromotionId,
} from '@fairlead/domain';
import type { EnginePorts } from '../engine-ports.ts';
import type { TreeSnapshot } from '../ports/file-snapshot.ts';
import type { Git } from '../ports/git.ts';
import { makePlan } from '../promotion/make-plan.ts';
import { sourceBlockers } from '../promotion/source-blockers.ts';
import type { NamedRelease } from '../release/release-named.ts';
import { loadServices } from '../service/load-services.ts';
import type { ServiceConfiguration } from '../service/service-configuration.ts';
import { editedFiles, type EditedFile } from './edited-files.ts';
import { versionBlockers } from './version-blockers.ts';

export interface OfflineRequest {
  readonly service: string;
  readonly environment: string;
  readonly release: NamedRelease;
  /** The commit that the change is made on. */
  readonly base: CommitSha;
  /** When that was committed: the time of the change. */
  readonly at: Date;
  /** What is edited, and what declares the environment: the base itself, or a work tree on it. */
  readonly files: TreeSnapshot;
}

/** A promotion without a server: what it would do, and the name by which it is found again. */
export interface OfflinePromotion {
  readonly id: PromotionId;
  readonly branch: string;
  readonly plan: Plan;
  /** Each file that it changes, as it will be. */
  readonly files: ReadonlyMap<RepoPath, EditedFile>;
}

export type PlannedOffline =
  | { readonly kind: 'planned'; readonly promotion: OfflinePromotion }
  | { readonly kind: 'nothing-to-do'; readonly message: string }
  | { readonly kind: 'blocked'; readonly blockers: readonly Blocker[] };

export interface OfflinePorts extends Pick<EnginePorts, 'renderer'> {
  readonly git: Pick<Git, 'head' | 'ancestry'> & { snapshot(commit: CommitSha): Promise<TreeSnapshot> };
}

/** The plan that a server would make of the same files, as far as files decide: what controllers and earlier promotions say of it, a server alone knows.
 *  Writes nothing. Throws `NotFoundError` (`service-unknown`, `environment-unknown`), `InvalidError` (`service-invalid`, `release-of-another-service`). */
export async function planOffline({ renderer, git }: OfflinePorts, request: OfflineRequest): Promise<PlannedOffline> {
  const { release, base, at, files } = request;
  const loaded = await serviceNamed(files, request.service);
  const environment = environmentOf(loaded, request.environment);
  const { metadata } = release.manifest;
  if (metadata.service !== loaded.service.metadata.name) {
    throw new InvalidError(
      'release-of-another-service',
      `release ${metadata.version} is of service ${metadata.service}, not ${request.service}`,
      {
        hint: `give a manifest of ${request.service}, or promote ${metadata.service}`,
      },
    );
  }
  const root: RepoPath | '' = loaded.root === '' ? '' : RepoPath.parse(loaded.root);
  const { service, policy, digest } = loaded;
  const configuration = { repository: { git }, commit: base, root, digest, service, environment, policy };

  const gates = [
    ...(await sourceBlockers(configuration, release.manifest, at)),
    ...migrationBlockers(release.manifest, at),
    ...(await versionBlockers({ files, root, release }, at)),
  ];
  if (gates.length > 0) return { kind: 'blocked', blockers: gates };
  const id = EnvironmentId.parse(`${service.metadata.name}/${environment.metadata.name}`);
  const made = await makePlan({ renderer }, { configuration, files, release, environment: id }, at);
  if (made.kind === 'blocked') return made;
  const { plan } = made;
  if (plan.edits.length === 0) {
    return { kind: 'nothing-to-do', message: `the files of ${id} name release ${metadata.version} already: there is nothing to change` };
  }
  const promotion = repeatablePromotionId(plan, metadata.createdAt);
  const copies = await git.snapshot(release.manifest.source.commit);
  return {
    kind: 'planned',
    promotion: { id: promotion, branch: promotionBranch(plan, promotion), plan, files: await editedFiles(files, plan.edits, copies) },
  };
}

async function serviceNamed(files: TreeSnapshot, name: string): Promise<ServiceConfiguration> {
  const services = await loadServices(files);
  const known = services.flatMap((service) => (service.kind === 'ok' ? [service] : []));
  const found = known.find(({ service }) => service.metadata.name === name);
  if (found !== undefined) return found;
  const broken = services.flatMap((service) => (service.kind === 'invalid' ? service.problems : []))[0];
  if (broken !== undefined) {
    throw new InvalidError('service-invalid', `${broken.file}:${String(broken.line)}: ${broken.message}`, {
      hint: 'repair it; fairlead check shows all problems',
    });
  }
  const names = known.map(({ service }) => String(service.metadata.name));
  const meant = didYouMean(name, names);
  const said = names.length === 0 ? 'no .fairlead/service.yaml is there: fairlead init writes one' : `declared: ${names.join(', ')}`;
  const hint = meant === undefined ? said : `did you mean ${meant}?`;
  throw new NotFoundError('service-unknown', `no document declares the service ${name}`, { hint });
}

function environmentOf({ environments }: ServiceConfiguration, name: string): Environment {
  const found = environments.find(({ metadata }) => metadata.name === name);
  if (found !== undefined) return found;
  const names = environments.map(({ metadata }) => String(metadata.name));
  const meant = didYouMean(name, names);
  const hint = meant === undefined ? `it has: ${names.join(', ')}` : `did you mean ${meant}?`;
  throw new NotFoundError('environment-unknown', `the service has no environment ${name}`, { hint });
}
