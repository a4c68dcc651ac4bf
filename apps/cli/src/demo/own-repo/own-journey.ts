import { EnvironmentId, type Promotion } from '@fairlead/domain';
import { clusterHand } from '@fairlead/sandbox';
import type { CommandLine } from '../command-line.ts';
import { driftChapter } from '../drift-chapter.ts';
import { short } from '../follow.ts';
import type { People } from '../people.ts';
import type { Setting } from '../play-on-stage.ts';
import { promoteWithApproval } from '../promote-on-stage.ts';
import { proofChapter } from '../proof-chapter.ts';
import type { OwnWorld } from './own-world.ts';
import type { OwnTeam } from './prepare-own-team.ts';

/** Who plays, where, and what. */
export interface OwnCast extends Setting, OwnWorld, Omit<People, 'token'> {
  readonly team: OwnTeam;
  /** What the admin types. */
  readonly fairlead: CommandLine;
  /** Where the admin's files are left. */
  readonly proofFolder: string;
}

/** One release to the environment, a hand in it, and the proof. */
export async function playOwnJourney(cast: OwnCast): Promise<Promotion> {
  const { stage, team, admin } = cast;
  const { service, release } = team;
  const { release: registered } = await admin('registerRelease', { body: { manifest: release.manifest } });
  stage.line('release', `${release.version} is ${short(registered.digest)}: the images as the overlay has them now`);

  stage.chapter(`${release.version} to ${service.environment}, which asks for one approval by somebody else`);
  const promoted = await promoteWithApproval(cast, { service: service.name, version: release.version, to: service.environment });
  if (promoted.status !== 'ready') {
    stage.line('skipped', 'the change by hand and the proof: they need an environment that is ready');
    return promoted;
  }
  await drift(cast);
  await proofChapter(stage, { ...cast, promotion: promoted.id, directory: cast.proofFolder });
  return promoted;
}

async function drift(cast: OwnCast): Promise<void> {
  const { stage, team, world, admin } = cast;
  const { service, workload } = team;
  if (workload === undefined) {
    stage.chapter('Somebody puts a container in by hand: skipped');
    stage.line('skipped', `${service.path} has no Deployment, StatefulSet or DaemonSet that runs`);
    return;
  }
  using hand = await clusterHand(world.kubeconfigPath);
  await driftChapter(stage, {
    ...cast,
    call: admin,
    hand,
    environment: EnvironmentId.parse(`${service.name}/${service.environment}`),
    workload,
    container: { name: freeName(workload.containers), image: 'busybox:1.37' },
    application: service.application,
  });
}

function freeName(taken: readonly string[]): string {
  const names = ['debug', 'debug-by-hand', 'put-in-by-hand'];
  return names.find((name) => !taken.includes(name)) ?? `debug-${String(taken.length)}`;
}
