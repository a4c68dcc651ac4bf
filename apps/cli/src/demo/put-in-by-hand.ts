import type { DriftView } from '@fairlead/api';
import { minuteOf } from '../output/minute-of.ts';
import type { DriftScene } from './drift-scene.ts';
import { lookUntil } from './look-until.ts';
import type { Stage } from './stage.ts';
import { containerPath, workloadPath } from './workload-ref.ts';

const manager = 'kubectl-edit';

/** Gives what Fairlead found of it; `undefined` where it did not, which is an expectation that did not hold. */
export async function putInByHand(stage: Stage, scene: DriftScene): Promise<DriftView | undefined> {
  const { environment, workload, container, hand, call, expectations } = scene;
  const { kind, namespace, name } = workload;
  stage.line(
    'by hand',
    `kubectl edit ${kind.toLowerCase()}/${name} -n ${namespace}: one more container, ${container.name} (${container.image})`,
  );
  const openOnes = async (): Promise<readonly DriftView[]> =>
    (await call('listDrift', { query: { environment, open: 'true', limit: '500' } })).items;

  const startedAt = performance.now();
  await hand.patch(workloadPath(workload), { spec: { template: { spec: { containers: [{ ...container }] } } } }, manager);
  const isIt = isContainerOf(scene);
  const open = await lookUntil({ ...scene, everyMs: 10 }, openOnes, (items) => items.some(isIt));
  const tookMs = Math.round(performance.now() - startedAt);

  const item = open.find(isIt);
  const named = item?.by.manager === manager && item.by.changedAt !== undefined;
  expectations.expect(`${container.name}, put into ${name} by hand, is found with object, field, manager and minute`, named, open);
  expectations.expect('it is found within a second', named && tookMs <= 1000, `found after ${String(tookMs)} ms`);
  if (item === undefined) return undefined;
  const { by, firstSeen } = item;
  stage.line(
    'Fairlead',
    `found after ${String(tookMs)} ms: put in by ${by.manager ?? 'unknown'} at ${minuteOf(by.changedAt ?? firstSeen)} UTC`,
  );
  return item;
}

function isContainerOf({ workload, container }: DriftScene): (drift: DriftView) => boolean {
  return ({ class: how, object, path }) =>
    how === 'added-field' &&
    object.kind === workload.kind &&
    object.namespace === workload.namespace &&
    object.name === workload.name &&
    path === containerPath(container.name);
}
