import { compact, textAt, type Json, type JsonObject } from '../../json/json.ts';
import { isModified } from '../compare/compare-object.ts';
import { ignoredPointers } from '../compare/ignore-differences.ts';
import { annotationOf, groupOf, keyOf, keyText, nameOf, namespaceOf, versionOf, type KubeObject } from '../../kube/kube-object.ts';
import { type ManagedPair } from '../health/app-health.ts';
import { hookTypesOf } from './hook.ts';
import { waveOf } from './wave.ts';

export type SyncStatus = 'Synced' | 'OutOfSync' | 'Unknown';

/** What an application declares and what is live of it. Hooks are in `declared` too. */
export interface AppState {
  readonly declared: readonly KubeObject[];
  /** The live object of a declared one. */
  readonly liveOf: (target: KubeObject) => KubeObject | undefined;
  /** Live and tracked, whether declared or not. */
  readonly tracked: readonly KubeObject[];
}

export interface Comparison {
  readonly status: SyncStatus;
  /** As `status.resources` lists them. */
  readonly resources: readonly JsonObject[];
  readonly pairs: readonly ManagedPair[];
}

/** Compares what is declared with what is live. `declared` is undefined when it couldn't be loaded: then nothing is known. */
export function compareApp(
  spec: Json,
  state: Omit<AppState, 'declared'> & { readonly declared: readonly KubeObject[] | undefined },
): Comparison {
  const targets = (state.declared ?? []).filter((object) => hookTypesOf(object).length === 0);
  const pairs = targets.map((target) => ({ target, live: state.liveOf(target) }));
  const declaredKeys = new Set(targets.map((target) => keyText(keyOf(target))));
  const extras = state.tracked.filter((live) => !declaredKeys.has(keyText(keyOf(live))));

  const compared = pairs.map((pair) => ({ object: pair.target, row: pairRow(spec, pair.target, pair.live) }));
  const added = extras.map((live) => ({ object: live, row: extraRow(live, state.declared !== undefined) }));
  const all = [...compared, ...added].sort((a, b) => order(keyText(keyOf(a.object)), keyText(keyOf(b.object))));
  const outOfSync = all.some(({ object, row }) => textAt(row, 'status') === 'OutOfSync' && !isExtraneousIgnored(object, row));
  return {
    status: state.declared === undefined ? 'Unknown' : outOfSync ? 'OutOfSync' : 'Synced',
    resources: all.map(({ row }) => row),
    pairs: [...pairs, ...extras.filter((live) => hookTypesOf(live).length === 0).map((live) => ({ live }))],
  };
}

function pairRow(spec: Json, target: KubeObject, live: KubeObject | undefined): JsonObject {
  const differs = live === undefined || isModified(target, live, ignoredPointers(spec, target));
  return resourceRow(target, { status: differs ? 'OutOfSync' : 'Synced' });
}

/** Something live that isn't declared. A hook that stayed behind has no status, yet asks for pruning. */
function extraRow(live: KubeObject, known: boolean): JsonObject {
  if (hookTypesOf(live).length > 0) return resourceRow(live, { hook: true, requiresPruning: true });
  return resourceRow(live, { requiresPruning: true, status: known ? 'OutOfSync' : 'Unknown' });
}

function resourceRow(object: KubeObject, fields: JsonObject): JsonObject {
  const group = groupOf(object.apiVersion);
  const namespace = namespaceOf(object);
  const wave = waveOf(object);
  const row = compact({
    group: group === '' ? undefined : group,
    kind: object.kind,
    name: nameOf(object),
    namespace: namespace === '' ? undefined : namespace,
    version: versionOf(object.apiVersion),
    syncWave: wave === 0 ? undefined : wave,
  });
  return { ...row, ...fields };
}

function isExtraneousIgnored(object: KubeObject, row: JsonObject): boolean {
  if (row['requiresPruning'] !== true) return false;
  return (annotationOf(object, 'argocd.argoproj.io/compare-options') ?? '')
    .split(',')
    .some((option) => option.trim() === 'IgnoreExtraneous');
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
