import { isObject, type JsonObject } from '../json/json.ts';
import { compareFields, fieldsOf } from './compare-fields.ts';
import type { FieldSchema } from './field-schema.ts';
import { conflictsOf, ownable, readOwners, sameOwner, type FieldOwner } from './field-owners.ts';
import { difference, noFields, sameFields, unionOf } from './field-set.ts';
import { mergeApplied } from './merge-applied.ts';
import { pruneApplied } from './prune-applied.ts';

export interface Application {
  readonly schema: FieldSchema;
  /** Undefined: it doesn't exist yet. */
  readonly live: JsonObject | undefined;
  readonly applied: JsonObject;
  readonly applier: Omit<FieldOwner, 'fields'>;
  readonly force: boolean;
}

export type Applied =
  | { readonly kind: 'merged'; readonly object: JsonObject; readonly owners: readonly FieldOwner[] }
  | { readonly kind: 'conflicts'; readonly with: readonly FieldOwner[] };

/** Server-side apply: sets what `applied` has, drops what the applier had set before and no one else holds, and says who is in the way. */
export function applyObject({ schema, live = {}, applied, applier, force }: Application): Applied {
  const owners = readOwners(live);
  const others = owners.filter((owner) => !sameOwner(owner, applier));
  const mine = owners.find((owner) => sameOwner(owner, applier));
  const set = fieldsOf(schema, applied);
  const wanted = ownable(set);

  const kept = unionOf([set, ...others.map(({ fields }) => fields)]);
  const pruned = pruneApplied(schema, mergeApplied(schema, live, applied), { last: mine?.fields ?? noFields, kept });
  const object = isObject(pruned) ? pruned : {};
  const changes = compareFields(schema, live, object);
  const conflicts = conflictsOf(others, changes);
  if (conflicts.length > 0 && !force) return { kind: 'conflicts', with: conflicts };

  const lost = unionOf([changes.removed, ...conflicts.map(({ fields }) => fields)]);
  const left = others.map((owner) => ({ ...owner, fields: difference(owner.fields, lost) }));
  const unchanged = mine !== undefined && sameFields(mine.fields, wanted);
  const time = unchanged ? mine.time : applier.time;
  return { kind: 'merged', object, owners: [...left, { ...applier, ...(time !== undefined && { time }), fields: wanted }] };
}
