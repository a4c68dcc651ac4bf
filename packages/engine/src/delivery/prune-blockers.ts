import {
  controllerKind,
  deliveryTargets,
  FairleadError,
  objectName,
  textAt,
  unplannedDeletions,
  UpstreamError,
  NotFoundError,
  type Blocker,
  type Controller,
  type DeliveryTarget,
  type NextState,
  type ObjectRef,
  type ObservedDelivery,
} from '@fairlead/domain';
import type { EnginePorts } from '../engine-ports.ts';
import type { EnvironmentConfiguration } from '../service/environment-configuration.ts';

type Ports = Pick<EnginePorts, 'delivery' | 'cluster' | 'repair'>;

const shown = 5;

interface ToPrune {
  readonly configuration: Pick<EnvironmentConfiguration, 'environment'>;
  readonly next: NextState;
}

/** What the controllers would delete with the next state beyond the plan. A target that isn't there, or doesn't answer, is for the contract to judge. */
export async function pruneBlockers(ports: Ports, { configuration, next }: ToPrune, now: Date): Promise<readonly Blocker[]> {
  const blockers: Blocker[] = [];
  for (const target of deliveryTargets(configuration.environment)) {
    const seen = await observed(ports, target);
    const objects = seen === undefined ? [] : await deletable(ports, seen, unplannedDeletions(seen, next));
    if (objects.length > 0) blockers.push(blockerOf(target, objects, now));
  }
  return blockers;
}

async function observed({ delivery }: Ports, target: DeliveryTarget): Promise<ObservedDelivery | undefined> {
  try {
    const seen = await delivery[target.controller].observe(target);
    return seen.kind === 'absent' ? undefined : seen;
  } catch (error) {
    if (error instanceof UpstreamError || error instanceof NotFoundError) return undefined;
    throw error;
  }
}

const keeping: Readonly<Record<Controller, readonly [key: string, value: string]>> = {
  argocd: ['argocd.argoproj.io/sync-options', 'prune=false'],
  flux: ['kustomize.toolkit.fluxcd.io/prune', 'disabled'],
};

/** Without what is gone already, and what somebody marked to be kept. What can't be read counts: it would be deleted all the same. */
async function deletable(ports: Ports, seen: ObservedDelivery, objects: readonly ObjectRef[]): Promise<readonly ObjectRef[]> {
  const destination = await ports.cluster.resolveDestination(seen.target, seen.destination);
  if (destination.kind === 'unresolved') return objects;
  const left: ObjectRef[] = [];
  for (const ref of objects) {
    if (!(await isKept(ports, { cluster: destination.cluster, ref, controller: seen.controller }))) left.push(ref);
  }
  return left;
}

interface Candidate {
  readonly cluster: string;
  readonly ref: ObjectRef;
  readonly controller: Controller;
}

async function isKept({ repair }: Ports, { cluster, ref, controller }: Candidate): Promise<boolean> {
  const [key, value] = keeping[controller];
  try {
    const live = await repair.readObject(cluster, ref);
    const marks = live === 'absent' ? [] : ['annotations', 'labels'].map((place) => textAt(live, 'metadata', place, key) ?? '');
    return live === 'absent' || marks.some((mark) => mark.toLowerCase().split(',').includes(value));
  } catch (error) {
    if (!(error instanceof FairleadError)) throw error;
    return false;
  }
}

function blockerOf({ controller, cluster, namespace, name }: DeliveryTarget, objects: readonly ObjectRef[], now: Date): Blocker {
  const more = objects.length > shown ? ` and ${String(objects.length - shown)} more` : '';
  const named = `${objects.slice(0, shown).map(objectName).join(', ')}${more}`;
  const [key, value] = keeping[controller];
  return {
    gate: 'contract',
    code: 'prune-not-planned',
    message: `${controllerKind[controller]} ${namespace}/${name} on ${cluster} would delete ${named}, which the plan does not`,
    since: now.toISOString(),
    expected: 'the controller deletes what the plan removes, and nothing else',
    observed: `${String(objects.length)} more`,
    who: ['promoter', 'operator'],
    fix: `delete them by a reviewed change of their own, put them into the environment, or mark them to be kept: ${key}: ${value}`,
  };
}
