import type { DriftView } from '@fairlead/api';
import { InvariantError, objectName, type EvidenceType, type ReconciliationTask } from '@fairlead/domain';
import { minuteOf } from '../output/minute-of.ts';
import { refreshedWord } from './application-word.ts';
import type { DriftScene } from './drift-scene.ts';
import { lookUntil } from './look-until.ts';
import { putInByHand } from './put-in-by-hand.ts';
import type { Stage } from './stage.ts';
import { statusWhen } from './status-when.ts';
import { containersOf } from './workload-ref.ts';

/** A container is put in by hand: the controller sees nothing, Fairlead names it, takes readiness away, and takes the container away when it is told to. */
export async function driftChapter(stage: Stage, scene: DriftScene): Promise<void> {
  const { workload, environment, fairlead } = scene;
  stage.chapter(`Somebody puts a container into ${workload.name} of ${environment}, by hand, past Git`);
  const item = await putInByHand(stage, scene);
  if (item !== undefined) await fairlead(['drift', 'get', item.id.slice(0, 12)]);
  await hearController(stage, scene);
  if (item === undefined) return;

  await loseReadiness(scene);
  stage.chapter(`${environment} goes back to what Git declares`);
  await reconcile(scene, item);
  await closeTask(stage, scene, item);
  await checkRecords(stage, scene, item);
}

async function hearController(stage: Stage, scene: DriftScene): Promise<void> {
  const { application, container, expectations } = scene;
  const { sync, health } = await refreshedWord(scene);
  stage.line('Argo CD', `${application.name} compared with the cluster again: ${sync}, ${health}`);
  expectations.expect(`Argo CD compares again with ${container.name} in place, and says Synced`, sync === 'Synced', sync);
}

/** Of the promotion that is ready. */
const stepsSoFar = /^so far:$|^ {2}\d{4}-\d\d-\d\dT/;

async function loseReadiness(scene: DriftScene): Promise<void> {
  const { environment, container, fairlead, expectations } = scene;
  const found = await statusWhen(scene, ({ readiness }) => readiness.blockers.some(({ code }) => code === 'drift-found'));
  const reason = found.readiness.blockers.find(({ code }) => code === 'drift-found')?.message ?? '';
  const status = await fairlead(['status', '-e', environment]);
  const explained = await fairlead(['explain', `environment/${environment}`], { without: stepsSoFar });
  const revoked = found.readiness.verdict === 'blocked' && reason.includes(`[name=${container.name}]`);
  expectations.expect(`${environment} is ready no longer, with ${container.name} as the reason`, revoked, found.readiness);
  expectations.expect(
    'status and explain say so',
    /\bblocked\b.*\bdrift\b/.test(status.said) && explained.said.includes(reason),
    `${status.said}\n${explained.said}`,
  );
}

async function reconcile(scene: DriftScene, { id }: DriftView): Promise<void> {
  const { environment, workload, container, hand, fairlead, expectations } = scene;
  const reason = `nobody needs the container ${container.name} any longer`;
  const asked = await fairlead(['drift', 'reconcile', id.slice(0, 12), '--reason', reason, '--yes']);
  const { readiness } = await statusWhen(scene, (status) => status.readiness.verdict === 'ready');
  const containers = await containersOf(hand, workload);
  await fairlead(['status', '-e', environment]);
  const gone = asked.code === 0 && !containers.includes(container.name);
  expectations.expect(`reconciled with a reason, ${workload.name} is without ${container.name}`, gone, containers);
  expectations.expect(`${environment} is ready again, by the rules that took it away`, readiness.verdict === 'ready', readiness);
}

async function closeTask(
  stage: Stage,
  { environment, container, call, fairlead, expectations }: DriftScene,
  item: DriftView,
): Promise<void> {
  const find = async (): Promise<ReconciliationTask | undefined> => {
    const { items } = await call('listTasks', { query: { environment, open: 'true' } });
    return items.find(({ drift }) => drift.includes(item.id));
  };
  const task = await find();
  if (task !== undefined) {
    const { id, object, managers, owner, dueAt } = task;
    stage.line(
      'task',
      `${id}: ${objectName(object)} was changed by ${managers.join(', ')}; ${owner} answer for it until ${minuteOf(dueAt)}`,
    );
    await fairlead(['task', 'close', id, '--reason', `the container ${container.name} was for one night, and is gone`]);
  }
  const left = await find();
  const done = task !== undefined && left === undefined;
  expectations.expect('the task that the hand left behind is done, with a reason', done, [task, left]);
}

const wanted: readonly EvidenceType[] = ['drift-opened', 'drift-action', 'drift-resolved', 'reconciliation-task', 'readiness'];

/** Of what happened since the difference was seen. */
async function checkRecords(stage: Stage, scene: DriftScene, { firstSeen, opened }: DriftView): Promise<void> {
  const { environment, call, expectations } = scene;
  if (opened === undefined) throw new InvariantError('drift-without-record', 'a difference is open without a record');
  const logged = await lookUntil(
    scene,
    async () => {
      const { items } = await call('listEvidence', { query: { environment, limit: '500' } });
      return items.filter(({ at, index }) => index !== undefined && Date.parse(at) >= Date.parse(firstSeen));
    },
    (items) => wanted.every((type) => items.some((item) => item.type === type)) && items.some(({ digest }) => digest === opened),
  );
  const count = (type: EvidenceType): number => logged.filter((item) => item.type === type).length;
  stage.line('records', wanted.map((type) => `${String(count(type))} ${type}`).join(' · '));
  const all = wanted.every((type) => count(type) > 0) && logged.some(({ digest }) => digest === opened);
  expectations.expect('all of it is in the log: found, revoked, acted on, gone, ready again', all, logged);
}
