import { objectRefOf } from '../desired-state/object-ref-of.ts';
import { objectKey, type ObjectRef } from '../desired-state/object-ref.ts';
import type { JsonObject } from '../document/json.ts';
import { compareObject } from './compare-object.ts';
import type { DriftFinding } from './drift-item.ts';
import { withDesired, type DriftRules } from './drift-rules.ts';
import { isSecret } from './secret-findings.ts';

export interface ComparedEnvironment {
  readonly desired: readonly JsonObject[];
  readonly live: readonly JsonObject[];
  /** What the controller says it manages. */
  readonly inventory?: readonly ObjectRef[];
  /** Whether objects like this were looked at at all: else that one isn't there says nothing. Absent: all but Secrets, unless there are some. */
  readonly looked?: (ref: ObjectRef) => boolean;
}

export interface EnvironmentFindings {
  readonly findings: readonly DriftFinding[];
  /** Desired objects that were looked for. */
  readonly objects: number;
  /** Findings that a rule makes count for nothing. */
  readonly ignored: number;
}

/** Every difference between an environment's desired state and what there is in its cluster. */
export function compareEnvironment(rules: DriftRules, environment: ComparedEnvironment, at: string): EnvironmentFindings {
  const { live, inventory = [] } = environment;
  const looked = environment.looked ?? lookedAt(live);
  const within = rules.desired === undefined ? withDesired(rules, environment.desired) : rules;
  const managed = new Set(inventory.map(objectKey));
  const there = byKey(live, undefined);
  const wanted = byKey(environment.desired, { there, namespace: rules.namespace });

  const findings: DriftFinding[] = [];
  let objects = 0;
  for (const [key, desired] of wanted) {
    const found = there.get(key);
    if (found === undefined && !looked(objectRefOf(desired))) continue;
    objects += 1;
    findings.push(...compareObject(within, { desired, ...(found === undefined ? {} : { live: found }), managed: managed.has(key) }, at));
  }
  for (const [key, object] of there) {
    if (!wanted.has(key)) findings.push(...compareObject(within, { live: object, managed: managed.has(key) }, at));
  }
  return { findings, objects, ignored: findings.filter(({ ignoredBy }) => ignoredBy !== undefined).length };
}

interface Home {
  readonly there: ReadonlyMap<string, JsonObject>;
  readonly namespace: string | undefined;
}

/** Of two with one name, the controller applies the last. One without a namespace is the cluster's, or goes where the controller puts it. */
function byKey(objects: readonly JsonObject[], home: Home | undefined): ReadonlyMap<string, JsonObject> {
  const keyed = new Map<string, JsonObject>();
  for (const object of objects) {
    const ref = objectRefOf(object);
    const key = objectKey(ref);
    const moves = home?.namespace !== undefined && ref.namespace === undefined && !home.there.has(key);
    keyed.set(moves ? objectKey({ ...ref, namespace: home.namespace }) : key, object);
  }
  return keyed;
}

function lookedAt(live: readonly JsonObject[]): (ref: ObjectRef) => boolean {
  const secrets = live.some(isSecret);
  return ({ group, kind }) => secrets || group !== '' || kind !== 'Secret';
}
