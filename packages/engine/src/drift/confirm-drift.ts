import { confirmItems, isConfirmable, objectKey, objectRefOf, type DriftItem, type DriftRules, type JsonObject } from '@fairlead/domain';
import type { ClusterDryRun } from '../ports/cluster-dry-run.ts';
import type { DesiredObjects } from './desired-objects.ts';

export interface DriftToConfirm {
  readonly cluster: string;
  readonly rules: DriftRules;
  readonly desired: DesiredObjects;
  readonly live: readonly JsonObject[];
  readonly at: string;
}

/** Asks the API server about each declared object that is otherwise: what it calls the same counts for nothing. */
export async function confirmDrift(
  dryRun: ClusterDryRun,
  { cluster, rules, desired, live, at }: DriftToConfirm,
  items: readonly DriftItem[],
): Promise<readonly DriftItem[]> {
  const confirmable = items.filter(isConfirmable);
  const asked = [...new Set(confirmable.map(({ object }) => objectKey(object)))].flatMap((key) => {
    const wanted = desired.objects.get(key);
    const found = confirmable.filter(({ object }) => objectKey(object) === key);
    return wanted === undefined ? [] : [{ key, found, object: wanted.object }];
  });
  const answers = await dryRun.applyDry(
    cluster,
    asked.map(({ object }) => object),
  );
  const there = new Map(live.map((object) => [objectKey(objectRefOf(object)), object]));
  const confirmed = asked.flatMap(({ key, found }, index) => {
    const answer = answers[index];
    return answer === undefined ? [] : confirmItems(rules, { items: found, live: there.get(key), answer }, at);
  });
  const byId = new Map(confirmed.map((item) => [item.id, item]));
  return items.map((item) => byId.get(item.id) ?? item);
}
