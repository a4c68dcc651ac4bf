import { loadedRenderer } from '../wire.ts';
import type { Diagnosis } from './diagnosis.ts';

/** Loads it, which compares it with its recorded digest, and lets it render once. */
export async function diagnoseRenderer(): Promise<Diagnosis> {
  try {
    const { kustomize = '', helm = '', sha256 = '' } = await loadedRenderer();
    return { name: 'renderer', status: 'ok', detail: `kustomize ${kustomize}, helm ${helm}, module sha256:${sha256.slice(0, 12)}…` };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { name: 'renderer', status: 'fail', detail, fix: 'install Fairlead again: its renderer is missing or is another one' };
  }
}
