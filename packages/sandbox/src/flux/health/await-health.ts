import { pause } from '../../kube/pause.ts';
import { type KubeObject } from '../../kube/kube-object.ts';
import { subjectOf } from '../apply/change-set.ts';
import { kstatus, type KStatus } from './kstatus.ts';

export interface HealthWait {
  /** By kind, namespace and name; the rest of them isn't looked at. */
  readonly objects: readonly KubeObject[];
  readonly read: (object: KubeObject) => Promise<KubeObject | undefined>;
  /** Of one live object: the library's by default. */
  readonly judge?: (live: KubeObject | undefined) => KStatus;
  readonly pollMs: number;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Waits until every object is current. Throws what the status shall say: that something failed for good, or that time is over. */
export async function awaitHealth(wait: HealthWait): Promise<void> {
  const { objects, read, pollMs, timeoutMs, signal, judge = kstatus } = wait;
  const deadline = performance.now() + timeoutMs;
  while (!signal.aborted) {
    const found = await Promise.all(objects.map(async (object) => ({ object, status: judge(await read(object)) })));
    if (found.every(({ status }) => status === 'Current')) return;
    if (found.every(({ status }) => status === 'Current' || status === 'Failed')) {
      throw new Error(`failed early due to stalled resources: [${listed(found.filter(({ status }) => status === 'Failed'))}]`);
    }
    if (performance.now() + pollMs > deadline) {
      throw new Error(`timeout waiting for: [${listed(found.filter(({ status }) => status !== 'Current'))}]`);
    }
    await pause(pollMs, signal);
  }
  throw new Error('context canceled');
}

function listed(found: readonly { readonly object: KubeObject; readonly status: KStatus }[]): string {
  return found.map(({ object, status }) => `${subjectOf(object)} status: '${status}'`).join(', ');
}
