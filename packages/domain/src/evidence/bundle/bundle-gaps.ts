import { factsOf, type FactRecord } from './record-facts.ts';

/** What a promotion's bundle lacks to be a complete proof, by code; empty where nothing is missing. An explicit empty list of exceptions counts as one. */
export function bundleGaps(records: readonly FactRecord[]): readonly string[] {
  const closure = factsOf(records, 'promotion-closure').at(-1)?.said;
  const verdict = factsOf(records, 'readiness').at(-1)?.said;
  const { targets, requiredPhases } = verdict?.expected ?? { targets: [], requiredPhases: [] };
  const synced = factsOf(records, 'sync-observation').map(({ said }) => said.target);
  const looked = factsOf(records, 'live-observation').map(({ said }) => said.target);
  const validated = factsOf(records, 'validation').map(({ said }) => said.phase);
  const gaps: readonly (readonly [code: string, there: boolean])[] = [
    ['release-manifest-missing', factsOf(records, 'release-manifest').length > 0],
    ['sync-missing', covers(targets, synced)],
    ['live-digests-missing', factsOf(records, 'live-digests').length > 0],
    ['drift-missing', covers(targets, looked)],
    ['validation-missing', requiredPhases.every((phase) => validated.includes(phase))],
    ['readiness-missing', verdict !== undefined],
    ['closure-missing', closure !== undefined],
    ['exceptions-missing', closure?.exceptions !== undefined],
  ];
  return gaps.filter(([, there]) => !there).map(([code]) => code);
}

/** Where no target is known, one has to have been seen. */
function covers(targets: readonly string[], seen: readonly string[]): boolean {
  return targets.length === 0 ? seen.length > 0 : targets.every((target) => seen.includes(target));
}
