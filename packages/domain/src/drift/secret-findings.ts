import { objectRefOf } from '../desired-state/object-ref-of.ts';
import type { JsonObject } from '../document/json.ts';
import { attributionOf, lastWriter } from './attribution-of.ts';
import { isAwaited } from './awaited-object.ts';
import type { DriftFinding } from './drift-item.ts';
import type { DriftPair } from './drift-pair.ts';
import type { DriftRules } from './drift-rules.ts';
import { isExtra } from './extra-object.ts';
import { creatorOf, ownersOf, ownedKeys } from './field-owners.ts';
import { driftObject, makeFinding } from './make-finding.ts';

export function isSecret(object: JsonObject | undefined): boolean {
  return object?.['kind'] === 'Secret' && object['apiVersion'] === 'v1';
}

/** Of a Secret only that it appeared, vanished, was recreated or written by a stranger; its values are never looked at, ours or theirs. */
export function secretFindings(rules: DriftRules, pair: DriftPair, at: string): readonly DriftFinding[] {
  const { desired, live, managed, firstShown = at } = pair;
  if (live === undefined) return desired !== undefined && isAwaited(desired) ? [vanished(rules, desired, at)] : [];
  if (desired === undefined) return isExtra(rules, live, managed) && !isTokenOrRelease(live) ? [appeared(rules, live, firstShown)] : [];
  return [...recreated(rules, { ...pair, live }, firstShown), ...written(rules, live, firstShown)];
}

function vanished(rules: DriftRules, desired: JsonObject, at: string): DriftFinding {
  const by = attributionOf(undefined, at);
  return makeFinding(rules, { class: 'secret', object: objectRefOf(desired), steps: [], desired: 'present', by });
}

function appeared(rules: DriftRules, live: JsonObject, shown: string): DriftFinding {
  return makeFinding(rules, {
    class: 'secret',
    object: driftObject(live),
    steps: [],
    live: 'present',
    by: attributionOf(creatorOf(live), shown),
  });
}

function recreated(
  rules: DriftRules,
  { live, formerUid }: DriftPair & { readonly live: JsonObject },
  shown: string,
): readonly DriftFinding[] {
  const object = driftObject(live);
  if (formerUid === undefined || object.uid === undefined || formerUid === object.uid) return [];
  const by = attributionOf(creatorOf(live), shown);
  return [makeFinding(rules, { class: 'secret', object, steps: ['metadata', 'uid'], desired: formerUid, live: object.uid, by })];
}

/** By name of the value, never the value. */
function written(rules: DriftRules, live: JsonObject, shown: string): readonly DriftFinding[] {
  const object = driftObject(live);
  return ownedKeys(live, ['data', 'stringData']).flatMap(([field, key]) => {
    const foreign = ownersOf(live, [field, key]).filter(({ manager }) => !rules.trusted.has(manager));
    const by = attributionOf(lastWriter(foreign, rules.trusted), shown);
    return foreign.length === 0 ? [] : [makeFinding(rules, { class: 'secret', object, steps: ['data', key], by })];
  });
}

/** Made by the cluster for a ServiceAccount, or by Helm for a release. */
function isTokenOrRelease(live: JsonObject): boolean {
  return live['type'] === 'kubernetes.io/service-account-token' || live['type'] === 'helm.sh/release.v1';
}
