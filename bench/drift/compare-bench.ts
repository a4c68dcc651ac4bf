import {
  builtInSchemas,
  compareEnvironment,
  compareObject,
  driftRules,
  EnvironmentId,
  trustedManagersOf,
  type DriftRules,
  type JsonObject,
} from '@fairlead/domain';
import { cpuOf } from '../cpu-of.ts';
import type { Measurement } from '../measurement.ts';
import { realisticPairs } from './realistic-pairs.ts';

const at = '2026-11-23T16:00:00Z';

/** How fast the whole of an environment is compared in memory, and one object of it, at growing sizes. */
export function compareBench({ quick }: { readonly quick: boolean }): readonly Measurement[] {
  const sizes = quick ? [1000, 10_000] : [1000, 10_000, 100_000];
  return sizes.flatMap((count) => compareAll(count, quick ? 3 : 5));
}

function compareAll(count: number, rounds: number): readonly Measurement[] {
  const pairs = realisticPairs(count);
  const rules = ourRules();
  const desired = pairs.map((pair) => pair.desired);
  const live = pairs.map((pair) => pair.live);

  const objects = best(rounds, () => eachObject(rules, pairs));
  const environment = best(rounds, () => compareEnvironment(rules, { desired, live }, at).findings.length);
  const expected = Math.floor((count + 92) / 100);
  if (objects.result !== expected || environment.result !== expected)
    throw new Error(`found ${String(objects.result)}, not ${String(expected)}`);
  return [
    { name: 'compare an object', at: count, value: count / objects.seconds, unit: 'objects/s of CPU', bar: '≥ 20000' },
    { name: 'compare an environment', at: count, value: count / environment.seconds, unit: 'objects/s of CPU', bar: '≥ 20000' },
  ];
}

function eachObject(rules: DriftRules, pairs: readonly { readonly desired: JsonObject; readonly live: JsonObject }[]): number {
  return pairs.reduce((sum, pair) => sum + compareObject(rules, { ...pair, managed: true }, at).length, 0);
}

function best(rounds: number, work: () => number): { readonly seconds: number; readonly result: number } {
  const runs = Array.from({ length: rounds }, () => cpuOf(work));
  return runs.reduce((least, run) => (run.seconds < least.seconds ? run : least));
}

function ourRules(): DriftRules {
  return driftRules({
    environment: EnvironmentId.parse('shop/prod'),
    target: 'shop-prod',
    schemas: builtInSchemas,
    trustedManagers: trustedManagersOf('argocd'),
    ownedNamespaces: ['shop'],
    ignore: [],
    declared: [],
    hashSecret: (value) => `hash of ${String(value.length)} letters`,
  });
}
