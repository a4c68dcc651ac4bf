import { jsonEquals } from '../document/json-equals.ts';
import type { JsonObject } from '../document/json.ts';
import { diffValues } from './diff-values.ts';
import { successors } from './generator-successors.ts';
import type { FieldChange, ObjectChange } from './object-change.ts';
import { objectKey, type ObjectRef } from './object-ref.ts';
import { objectRefOf } from './object-ref-of.ts';
import { hiddenValue, showableValue } from './showable-value.ts';

/** What changes between two renders, by object. The values of a Secret are never shown, nor what looks like one elsewhere. */
export function diffObjects(before: readonly JsonObject[], after: readonly JsonObject[]): readonly ObjectChange[] {
  const [old, now] = [byKey(before), byKey(after)];
  const gone = [...old].filter(([key]) => !now.has(key)).map(([, object]) => object);
  const come = [...now].filter(([key]) => !old.has(key)).map(([, object]) => object);
  const follow = successors(gone, come);
  const preceding = new Set(follow.values());

  const changed = [...now].flatMap(([key, object]) => {
    const earlier = old.get(key);
    const fields = earlier === undefined ? [] : shownFields(earlier, object);
    return fields.length === 0 ? [] : [{ kind: 'changed' as const, object: objectRefOf(object), fields }];
  });
  const added = come.map((object): ObjectChange => {
    const predecessor = follow.get(object);
    if (predecessor === undefined) return { kind: 'added', object: objectRefOf(object) };
    const fields = shownFields(predecessor, object).filter(({ path }) => path !== '/metadata/name');
    return { kind: 'succeeded', object: objectRefOf(object), predecessor: objectRefOf(predecessor), fields };
  });
  const removed = gone
    .filter((object) => !preceding.has(object))
    .map((object) => ({ kind: 'removed' as const, object: objectRefOf(object) }));
  return [...changed, ...added, ...removed].toSorted(byObject);
}

/** What the delivery has to delete: removed objects, and those that a generator replaced. */
export function removedObjects(changes: readonly ObjectChange[]): readonly ObjectRef[] {
  return changes.flatMap((change) => {
    if (change.kind === 'removed') return [change.object];
    return change.kind === 'succeeded' ? [change.predecessor] : [];
  });
}

function byKey(objects: readonly JsonObject[]): ReadonlyMap<string, JsonObject> {
  return new Map(objects.map((object) => [objectKey(objectRefOf(object)), object]));
}

function byObject(one: ObjectChange, other: ObjectChange): number {
  const [a, b] = [objectKey(one.object), objectKey(other.object)];
  return a < b ? -1 : Number(a > b);
}

/** Values, and annotations, of which one can hold the whole object again. */
const ofSecret = /^\/(data|stringData|metadata\/annotations)(\/|$)/;
const copyOfObject = /\/metadata\/annotations\/.*last-applied-configuration$/;

/** What a store of secrets has itself, where it should only name it. */
const ownOfStore = /^\/spec\/(?:.*\/value|data(?:\/.*)?)$/;

function shownFields(before: JsonObject, after: JsonObject): readonly FieldChange[] {
  const secret = secretFields(objectRefOf(after));
  return diffValues(before, after).map((field) => (secret.test(field.path) ? hide(field) : show(field)));
}

function secretFields({ group, kind }: ObjectRef): RegExp {
  if (group === '' && kind === 'Secret') return ofSecret;
  const isStore = group === 'generators.external-secrets.io' || (group === 'external-secrets.io' && kind.endsWith('SecretStore'));
  return isStore ? ownOfStore : copyOfObject;
}

function hide({ path, before, after }: FieldChange): FieldChange {
  return { path, ...(before === undefined ? {} : { before: hiddenValue }), ...(after === undefined ? {} : { after: hiddenValue }) };
}

/** What other objects hold is shown, unless it looks as if it belonged into a Secret. */
function show(field: FieldChange): FieldChange {
  const { path, before, after } = field;
  const name = /\[name=([^\]]*)\]\/value$/.exec(path)?.[1] ?? path.slice(path.lastIndexOf('/') + 1);
  const [was, is] = [before, after].map((value) => (value === undefined ? undefined : showableValue(value, name)));
  // Both sides alike once they are hidden: that something changed has to be seen all the same.
  if (was !== undefined && is !== undefined && jsonEquals(was, is)) return hide(field);
  return { path, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) };
}
