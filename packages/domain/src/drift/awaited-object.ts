import { objectRefOf } from '../desired-state/object-ref-of.ts';
import type { JsonObject } from '../document/json.ts';
import { isMap, ownValue } from './own-value.ts';

/** Whether a desired object should be there all the time: a hook runs and goes, a finished Job with a time to live too, and what only has a name's beginning
 *  can't be told apart. */
export function isAwaited(desired: JsonObject): boolean {
  const { group, kind, name } = objectRefOf(desired);
  if (name === '' || isHook(desired)) return false;
  const spec = ownValue(desired, 'spec');
  return !(group === 'batch' && kind === 'Job' && isMap(spec) && typeof ownValue(spec, 'ttlSecondsAfterFinished') === 'number');
}

/** Applied at a moment of the delivery, and by Flux never. */
function isHook(desired: JsonObject): boolean {
  const metadata = ownValue(desired, 'metadata');
  const [labels, annotations] = ['labels', 'annotations'].map((field) => (isMap(metadata) ? ownValue(metadata, field) : undefined));
  if (isMap(annotations) && hooks.some((hook) => ownValue(annotations, hook) !== undefined)) return true;
  return [labels, annotations].some((texts) => isMap(texts) && isLeftOut(texts));
}

const hooks = ['argocd.argoproj.io/hook', 'helm.sh/hook'];

function isLeftOut(texts: JsonObject): boolean {
  const says = (key: string, word: string): boolean => {
    const value = ownValue(texts, `kustomize.toolkit.fluxcd.io/${key}`);
    return typeof value === 'string' && value.toLowerCase() === word;
  };
  return says('reconcile', 'disabled') || says('ssa', 'ignore');
}
