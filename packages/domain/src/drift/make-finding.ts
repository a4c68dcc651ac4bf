import type { ObjectRef } from '../desired-state/object-ref.ts';
import { objectRefOf } from '../desired-state/object-ref-of.ts';
import type { Json, JsonObject } from '../document/json.ts';
import { driftId } from './drift-id.ts';
import type { Attribution, DriftClass, DriftFinding } from './drift-item.ts';
import type { DriftRules } from './drift-rules.ts';
import { gravest, severityOf } from './drift-severity.ts';
import { explainedBy, type Explained } from './explained-by.ts';
import { isMap } from './own-value.ts';
import { pathText, type PathStep } from './path-step.ts';
import { redactValue } from './redact-value.ts';

/** What a finding is made of. */
export interface Found {
  readonly class: DriftClass;
  readonly object: ObjectRef & { readonly uid?: string };
  readonly steps: readonly PathStep[];
  readonly desired?: Json;
  readonly live?: Json;
  readonly by: Attribution;
  /** Where the value is one to Kubernetes: the places inside it that differ. */
  readonly inside?: readonly (readonly PathStep[])[];
}

export function makeFinding(rules: DriftRules, found: Found): DriftFinding {
  const { class: how, object, steps, by } = found;
  const path = shownPath(steps, rules);
  const places = found.inside === undefined || found.inside.length === 0 ? [path] : found.inside.map(pathText);
  const severity = gravest(places.map((place) => severityOf({ class: how, object, path: place }))) ?? 'config';
  const ignoredBy = explainedBy(rules, found satisfies Explained);
  return {
    id: driftId({ environment: rules.environment, target: rules.target, object, path, class: how }),
    class: how,
    severity,
    object,
    path,
    ...shownValues(rules, found),
    by,
    ...(ignoredBy === undefined ? {} : { ignoredBy }),
  };
}

/** The object as a finding names it. */
export function driftObject(object: JsonObject): Found['object'] {
  const metadata = object['metadata'];
  const uid = isMap(metadata) ? metadata['uid'] : undefined;
  return { ...objectRefOf(object), ...(typeof uid === 'string' ? { uid } : {}) };
}

function shownValues(rules: DriftRules, { steps, desired, live }: Found): Pick<DriftFinding, 'desired' | 'live' | 'redacted'> {
  const name = nameOf(steps);
  const [wanted, is] = [desired, live].map((value) => (value === undefined ? undefined : redactValue(value, name, rules.hashSecret)));
  const redacted = wanted?.redacted === true || is?.redacted === true;
  return {
    ...(wanted === undefined ? {} : { desired: wanted.value }),
    ...(is === undefined ? {} : { live: is.value }),
    ...(redacted ? { redacted } : {}),
  };
}

/** What the value is called: a variable's value by the variable. */
function nameOf(steps: readonly PathStep[]): string {
  const [holder, last] = [steps.at(-2), steps.at(-1)];
  if (typeof last !== 'string') return typeof holder === 'string' ? holder : '';
  const named = typeof holder === 'object' && last === 'value' && isMap(holder.element) ? holder.element['name'] : undefined;
  return typeof named === 'string' ? named : last;
}

/** An element of a set stands by its value, which may be a secret. */
function shownPath(steps: readonly PathStep[], { hashSecret }: DriftRules): string {
  const shown = steps.map((step) =>
    typeof step === 'object' && step.keys === 'value' ? { ...step, element: redactValue(step.element, '', hashSecret).value } : step,
  );
  return pathText(shown);
}
