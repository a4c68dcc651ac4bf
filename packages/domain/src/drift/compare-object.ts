import { objectKey } from '../desired-state/object-ref.ts';
import { objectRefOf } from '../desired-state/object-ref-of.ts';
import type { JsonObject } from '../document/json.ts';
import { attributionOf, lastWriter } from './attribution-of.ts';
import { isScaledBy } from './autoscaler.ts';
import { isAwaited } from './awaited-object.ts';
import type { DriftFinding } from './drift-item.ts';
import type { DriftPair } from './drift-pair.ts';
import type { DriftRules } from './drift-rules.ts';
import { isExtra } from './extra-object.ts';
import { FieldComparison } from './field-comparison.ts';
import type { FieldDifference } from './field-difference.ts';
import { creatorOf, ownersOf } from './field-owners.ts';
import { driftObject, makeFinding } from './make-finding.ts';
import { ignoredExtraneous } from './ignored-extraneous.ts';
import { inVersionOf } from './in-version-of.ts';
import { withAliases } from './pod-aliases.ts';
import { isSecret, secretFindings } from './secret-findings.ts';

/** How one live object differs from what is desired of it. Total: whatever an object holds, it is compared. `at`: now. */
export function compareObject(rules: DriftRules, pair: DriftPair, at: string): readonly DriftFinding[] {
  const { desired, live, managed, firstShown: shown = at } = pair;
  if (isSecret(live ?? desired)) return secretFindings(rules, pair, at);
  if (live === undefined) return desired !== undefined && isAwaited(desired) ? [missing(rules, desired, at)] : [];
  if (desired !== undefined) return fieldFindings(rules, { desired, live, shown });
  return isExtra(rules, live, managed) ? [extra(rules, live, shown)] : [];
}

interface Compared {
  readonly desired: JsonObject;
  readonly live: JsonObject;
  readonly shown: string;
}

function fieldFindings(rules: DriftRules, { desired, live, shown }: Compared): readonly DriftFinding[] {
  const wanted = withAliases(inVersionOf(live, desired));
  const differences = new FieldComparison(live, rules.trusted).differences(wanted, rules.plans(objectRefOf(live)));
  if (differences.length === 0) return [];
  const object = driftObject(live);
  const autoscaler = rules.autoscalers.find(({ target }) => target === objectKey(object));
  const findings = differences.flatMap((difference): readonly DriftFinding[] => {
    const writer = difference.unsigned === true ? undefined : lastWriter(ownersOf(live, difference.steps), rules.trusted);
    if (isAt(difference, replicas) && isScaledBy(autoscaler, difference.live, writer)) return [];
    if (difference.steps[0] === 'rules' && desired['aggregationRule'] !== undefined) return [];
    if (isAt(difference, instanceLabel) && writer !== undefined && rules.trusted.has(writer.manager)) return [];
    return [makeFinding(rules, { ...difference, object, by: attributionOf(writer, shown) })];
  });
  return [...new Map(findings.toReversed().map((finding) => [finding.id, finding])).values()].toReversed();
}

const replicas = ['spec', 'replicas'];
/** Argo CD takes it for itself where it tracks by label. */
const instanceLabel = ['metadata', 'labels', 'app.kubernetes.io/instance'];

function isAt({ steps }: FieldDifference, place: readonly string[]): boolean {
  return steps.length === place.length && place.every((field, index) => steps[index] === field);
}

function extra(rules: DriftRules, live: JsonObject, shown: string): DriftFinding {
  const finding = makeFinding(rules, { class: 'extra', object: driftObject(live), steps: [], by: attributionOf(creatorOf(live), shown) });
  const ignoredBy = finding.ignoredBy ?? ignoredExtraneous(live, rules.trusted);
  return ignoredBy === undefined ? finding : { ...finding, ignoredBy };
}

/** Who deleted it left no trace in the cluster. */
function missing(rules: DriftRules, desired: JsonObject, at: string): DriftFinding {
  return makeFinding(rules, { class: 'missing', object: objectRefOf(desired), steps: [], by: attributionOf(undefined, at) });
}
