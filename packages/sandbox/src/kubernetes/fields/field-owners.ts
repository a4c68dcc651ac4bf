import { isObject, type Json, type JsonObject } from '../json/json.ts';
import { listAt, textAt } from '../json/json-path.ts';
import type { FieldChanges } from './compare-fields.ts';
import {
  difference,
  fieldSet,
  fromFieldsV1,
  intersection,
  isEmpty,
  noFields,
  thisField,
  toFieldsV1,
  union,
  withoutBranches,
  type FieldSet,
} from './field-set.ts';

/** One entry of `metadata.managedFields`. */
export interface FieldOwner {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  readonly subresource?: string;
  /** Of the manager's last write that changed anything, not of each field. */
  readonly time?: string;
  readonly fields: FieldSet;
}

export type OwnerIdentity = Omit<FieldOwner, 'fields' | 'time'>;

const unowned = [
  'name',
  'namespace',
  'creationTimestamp',
  'selfLink',
  'uid',
  'generation',
  'managedFields',
  'resourceVersion',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
].map((name) => [`f:${name}`, thisField] as const);

const serverFields = fieldSet(false, [
  ['f:apiVersion', thisField],
  ['f:kind', thisField],
  ['f:metadata', fieldSet(false, unowned)],
]);

/** What a client can own of a set of fields: not the metadata that the server writes. */
export function ownable(fields: FieldSet): FieldSet {
  return withoutBranches(fields, serverFields);
}

export function readOwners(object: JsonObject): readonly FieldOwner[] {
  return listAt(object, 'metadata', 'managedFields')
    .filter(isObject)
    .map((entry) => {
      const subresource = textAt(entry, 'subresource') ?? '';
      const time = textAt(entry, 'time');
      return {
        manager: textAt(entry, 'manager') ?? '',
        operation: textAt(entry, 'operation') === 'Apply' ? 'Apply' : 'Update',
        apiVersion: textAt(entry, 'apiVersion') ?? '',
        ...(subresource !== '' && { subresource }),
        ...(time !== undefined && { time }),
        fields: fromFieldsV1(entry['fieldsV1']),
      };
    });
}

export function writeOwners(owners: readonly FieldOwner[]): readonly Json[] {
  return owners
    .filter(({ fields }) => !isEmpty(fields))
    .sort(inServerOrder)
    .map(({ manager, operation, apiVersion, time, fields, subresource }) => ({
      manager,
      operation,
      apiVersion,
      ...(time !== undefined && { time }),
      fieldsType: 'FieldsV1',
      fieldsV1: toFieldsV1(fields),
      ...(subresource !== undefined && { subresource }),
    }));
}

function inServerOrder(left: FieldOwner, right: FieldOwner): number {
  const keys = (owner: FieldOwner): readonly string[] => {
    const { operation, time = '', manager, apiVersion, subresource = '' } = owner;
    return [operation, time, manager, apiVersion, subresource];
  };
  const theirs = keys(right);
  for (const [index, mine] of keys(left).entries()) {
    const other = theirs[index] ?? '';
    if (mine !== other) return mine < other ? -1 : 1;
  }
  return 0;
}

export function sameOwner(left: OwnerIdentity, right: OwnerIdentity): boolean {
  return (
    left.manager === right.manager &&
    left.operation === right.operation &&
    (left.subresource ?? '') === (right.subresource ?? '') &&
    // An applier is one owner in every version; an updater is one per version.
    (left.operation === 'Apply' || left.apiVersion === right.apiVersion)
  );
}

/** The owners after a write that isn't an apply: what it changed is the writer's alone, what it removed is nobody's. */
export function ownersAfterUpdate(
  owners: readonly FieldOwner[],
  changes: FieldChanges,
  writer: Omit<FieldOwner, 'fields'>,
): readonly FieldOwner[] {
  const taken = ownable(union(changes.added, changes.modified));
  const gone = union(taken, changes.removed);
  const left = owners.map((owner) => ({ ...owner, fields: difference(owner.fields, sameOwner(owner, writer) ? changes.removed : gone) }));
  if (isEmpty(taken)) return left;
  const mine = left.find((owner) => sameOwner(owner, writer))?.fields ?? noFields;
  return [...left.filter((owner) => !sameOwner(owner, writer)), { ...writer, fields: union(mine, taken) }];
}

/** Who else owns what an apply would change. */
export function conflictsOf(owners: readonly FieldOwner[], changes: FieldChanges): readonly FieldOwner[] {
  const changed = union(changes.added, changes.modified);
  return owners.map((owner) => ({ ...owner, fields: intersection(owner.fields, changed) })).filter(({ fields }) => !isEmpty(fields));
}
