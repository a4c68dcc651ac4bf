import { since, unknown } from './delivery-facts.ts';
import type { DeliveryVerdict } from './delivery-verdict.ts';
import { fluxName, said } from './flux-facts.ts';
import { conditionOf, type FluxCondition } from './flux-state.ts';
import type { ObservedHelmRelease } from './observed-flux.ts';

/** Why a release of Helm's isn't delivered, or nothing. What it has installed is the newest entry of its history and nothing else. */
export function judgeHelmRelease(release: ObservedHelmRelease): DeliveryVerdict | undefined {
  const name = fluxName({ kind: 'HelmRelease', ...release });
  if (release.suspended) return { kind: 'suspended', reason: `${name} is suspended` };
  const stalled = conditionOf(release, 'Stalled');
  if (stalled?.status === 'True') return { kind: 'failed', reason: `${name} is stalled: ${said(stalled)}`, ...since(stalled.at) };
  return ofReady(release, name) ?? ofLatest(release, name) ?? ofDrift(release, name);
}

/** Its conditions may carry no generation, its status always does. */
function ofReady(release: ObservedHelmRelease, name: string): DeliveryVerdict | undefined {
  const ready = conditionOf(release, 'Ready');
  if (ready === undefined) return { kind: 'not-yet', reason: `helm-controller has not looked at ${name} yet` };
  if (ready.status === 'Unknown' || release.observedGeneration !== release.generation || !isOfGeneration(ready, release)) {
    return ready.status === 'False' && isOfGeneration(ready, release) ? failed(name, ready) : goesOn(name, ready);
  }
  return ready.status === 'True' ? undefined : failed(name, ready);
}

function isOfGeneration({ observedGeneration }: FluxCondition, { generation }: ObservedHelmRelease): boolean {
  return observedGeneration === undefined || observedGeneration === 0 || observedGeneration === generation;
}

const waits: ReadonlySet<string> = new Set(['DependencyNotReady', 'ArtifactFailed', 'SourceNotReady', 'Progressing']);

function failed(name: string, ready: FluxCondition): DeliveryVerdict {
  if (waits.has(ready.reason)) return { kind: 'blocked', reason: `${name}: ${said(ready)}`, ...since(ready.at) };
  return { kind: 'failed', reason: `${name}: ${said(ready)}`, ...since(ready.at) };
}

function goesOn(name: string, ready: FluxCondition): DeliveryVerdict {
  return { kind: 'in-progress', reason: `${name}: ${said(ready)}`, ...since(ready.at) };
}

function ofLatest({ latest, attempted }: ObservedHelmRelease, name: string): DeliveryVerdict | undefined {
  if (latest === undefined) return unknown('status.history[0]', `${name} does not say what it has installed`);
  const { chart, chartVersion, status } = latest;
  const what = `${name}: ${chart} ${chartVersion}`;
  if (status !== 'deployed') return { kind: 'failed', reason: `${what} is ${status}`, ...since(latest.at) };
  const differs =
    attempted.configDigest !== latest.configDigest || attempted.revision !== chartVersion || attempted.ociDigest !== latest.ociDigest;
  return differs ? { kind: 'in-progress', reason: `${what} is deployed, ${attempted.revision ?? 'nothing named'} is tried` } : undefined;
}

/** In warn mode it stays `Ready`. */
function ofDrift(release: ObservedHelmRelease, name: string): DeliveryVerdict | undefined {
  const drifted = conditionOf(release, 'Drifted');
  if (drifted?.status !== 'True') return undefined;
  return { kind: 'out-of-sync', reason: `${name}: ${said(drifted)}`, ...since(drifted.at) };
}
