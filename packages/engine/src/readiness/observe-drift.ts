import {
  deliveryTargets,
  severityRank,
  type CoverageGap,
  type DriftItem,
  type JsonObject,
  type NewEvidence,
  type ResolvedPolicy,
  type TargetObservation,
} from '@fairlead/domain';
import { targetName } from '../delivery/same-target.ts';
import type { DatedObservation } from '../ports/drift-store.ts';
import { promotionEvidence } from '../promotion/promotion-evidence.ts';
import type { Assessed } from './assessed.ts';

/** How many differences one record holds that count; where there are more, it says that it isn't complete. */
const mostCounting = 500;
const mostOthers = 200;

/** What the observers of the environment's targets last saw, as evidence for this promotion. A target that nobody has seen yet, or that was compared with something
 *  else than what was approved, has none. */
export async function observeDrift(context: Assessed): Promise<readonly NewEvidence[]> {
  const { ports, promotion, configuration } = context;
  const { observations, items } = await ports.store.read(async (reader) => ({
    observations: await reader.drift.observations(promotion.environment),
    items: await reader.drift.open(promotion.environment),
  }));
  return deliveryTargets(configuration.environment).flatMap((target) => {
    const name = targetName(target);
    const seen = observations.find(({ observation }) => observation.target === name);
    return seen === undefined ? [] : liveObservation(context, seen, items);
  });
}

function liveObservation(
  { promotion, configuration }: Assessed,
  seen: DatedObservation,
  items: readonly DriftItem[],
): readonly NewEvidence[] {
  const { observation, freshAt } = seen;
  if (freshAt === undefined || observation.desired?.digest !== promotion.content.after) return [];
  const body = liveObservationBody(observation, items, configuration.policy);
  return [promotionEvidence(promotion, 'live-observation', { at: new Date(freshAt), body })];
}

/** What an observer saw of one target, as `docs/spec/readiness.md` has it. `items`: what is open in the environment. */
export function liveObservationBody(
  observation: TargetObservation,
  items: readonly DriftItem[],
  policy: Pick<ResolvedPolicy, 'drift'>,
): JsonObject {
  const { target, desired, inventory, observer, coverage, problem } = observation;
  const { listed, isWhole } = listedOf(
    items.filter((item) => item.target === target),
    severityRank(policy.drift.revokeFrom),
  );
  return {
    target,
    desired: desired?.digest ?? null,
    commit: desired?.commit ?? null,
    inventory: inventory ?? null,
    observer,
    complete: observation.complete && isWhole,
    gaps: [...(problem === undefined ? [] : [problem]), ...coverage.gaps.map(gapText)],
    drift: listed.map(driftOf),
  };
}

/** All that count, as far as there is room; of the others some. */
function listedOf(items: readonly DriftItem[], least: number): { readonly listed: readonly DriftItem[]; readonly isWhole: boolean } {
  const counts = ({ severity, ignoredBy }: DriftItem): boolean => ignoredBy === undefined && severityRank(severity) <= least;
  const counting = items.filter(counts);
  const others = items.filter((item) => !counts(item));
  return { listed: [...counting.slice(0, mostCounting), ...others.slice(0, mostOthers)], isWhole: counting.length <= mostCounting };
}

function driftOf({ id, class: how, severity, object, path, by, ignoredBy }: DriftItem): JsonObject {
  const { manager, changedAt } = by;
  return {
    id,
    class: how,
    severity,
    object: { ...object },
    path,
    by: { ...(manager === undefined ? {} : { manager }), ...(changedAt === undefined ? {} : { changedAt }) },
    ...(ignoredBy === undefined ? {} : { ignoredBy }),
  };
}

function gapText({ group, kind, namespace, reason }: CoverageGap): string {
  const name = group === '' ? kind : `${kind}.${group}`;
  return `${name}${namespace === undefined ? '' : ` in ${namespace}`}: ${reason}`;
}
