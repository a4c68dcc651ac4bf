import { defaultObject } from '../defaults/default-object.ts';
import type { FieldOwner } from '../fields/field-owners.ts';
import { sameJson, type Json, type JsonObject } from '../json/json.ts';
import { listAt, objectAt, textAt, without } from '../json/json-path.ts';
import type { KubeObject } from '../resources/kube-object.ts';
import { apiVersionOf, type ResourceType } from '../resources/resource-type.ts';
import { keepAdmitted } from './admit-object.ts';
import type { Cluster, Target, Writer } from './cluster.ts';
import {
  asKubeObject,
  nextGeneration,
  requireValid,
  tidyMetadata,
  withManagedFields,
  withOwners,
  type Subresource,
} from './finish-object.ts';
import { conflict } from './status-error.ts';
import { readObject } from './stored-object.ts';

export interface Proposal {
  readonly object: JsonObject;
  /** Of a server-side apply, which settles ownership itself. */
  readonly owners?: readonly FieldOwner[];
}

export interface Update {
  readonly target: Target;
  readonly writer: Writer;
  readonly subresource?: Subresource;
  readonly propose: (current: KubeObject) => Proposal;
}

export function updateObject(cluster: Cluster, { target, writer, subresource, propose }: Update): KubeObject {
  const { type } = target;
  const current = readObject(cluster, target);
  const proposal = propose(current);
  requireFresh(target, proposal.object, current);

  const restricted = restrict({ type, current, subresource }, proposal.object);
  const defaulted = keepAdmitted(type.id, defaultObject(type, restricted), current);
  const owning = { cluster, type, writer, ...(subresource !== undefined && { subresource }) };
  const owned = proposal.owners === undefined ? withOwners(owning, defaulted, current) : withManagedFields(defaulted, proposal.owners);
  requireValid(type, owned, current);
  const generation = nextGeneration(type, owned, current);
  const next = asKubeObject({ ...owned, metadata: { ...objectAt(owned, 'metadata'), ...(generation !== undefined && { generation }) } });

  if (sameJson(withoutTimes(next), withoutTimes(current))) return current;
  if (writer.dryRun === true) return next;
  return isFinished(next) ? cluster.store.remove(type.id, next) : cluster.store.put(type.id, next);
}

function requireFresh({ type, name }: Target, proposed: JsonObject, current: KubeObject): void {
  const { uid, resourceVersion } = current.metadata;
  const askedUid = textAt(proposed, 'metadata', 'uid') ?? '';
  if (askedUid !== '' && askedUid !== uid) {
    throw conflict(type, name, `Precondition failed: UID in precondition: ${askedUid}, UID in object meta: ${uid}`);
  }
  const askedVersion = textAt(proposed, 'metadata', 'resourceVersion') ?? '';
  if (askedVersion !== '' && askedVersion !== '0' && askedVersion !== resourceVersion) throw conflict(type, name);
}

interface Restriction {
  readonly type: ResourceType;
  readonly current: KubeObject;
  readonly subresource: Subresource | undefined;
}

/** What of a proposal this endpoint lets through; the rest stays as it is. */
function restrict({ type, current, subresource }: Restriction, proposed: JsonObject): JsonObject {
  const identity = { apiVersion: apiVersionOf(type), kind: type.kind };
  const whole = { ...proposed, ...identity, metadata: restrictMetadata(proposed, current) };
  switch (subresource) {
    case undefined:
    case 'scale':
      return type.status ? withMember(whole, 'status', current['status']) : whole;
    case 'finalize':
      return { ...current, ...identity, spec: objectAt(proposed, 'spec') };
    case 'status': {
      const metadata = type.origin === 'built-in' ? { ...without(whole.metadata, 'labels'), ...labelsOf(current) } : current.metadata;
      return withMember({ ...current, ...identity, metadata }, 'status', proposed['status']);
    }
  }
}

function restrictMetadata(proposed: JsonObject, current: KubeObject): JsonObject {
  const { metadata } = current;
  const fixed = [
    'name',
    'namespace',
    'uid',
    'resourceVersion',
    'creationTimestamp',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
    'generation',
  ];
  const kept = fixed.flatMap((key) => (metadata[key] === undefined ? [] : [[key, metadata[key]] as const]));
  return { ...tidyMetadata(without(objectAt(proposed, 'metadata'), ...fixed, 'selfLink')), ...Object.fromEntries(kept) };
}

function labelsOf({ metadata }: KubeObject): JsonObject {
  return metadata.labels === undefined ? {} : { labels: metadata.labels };
}

function withMember(object: JsonObject, key: string, value: Json | undefined): JsonObject {
  return value === undefined ? without(object, key) : { ...object, [key]: value };
}

/** Times of managed fields apart, did anything change? A write that changes nothing is not a write. */
function withoutTimes(object: KubeObject): JsonObject {
  const entries = listAt(object, 'metadata', 'managedFields').map((entry) => without(objectAt(entry), 'time'));
  return { ...object, apiVersion: '', metadata: { ...object.metadata, managedFields: entries } };
}

/** Waiting for nothing but its last finalizer, which is gone. */
function isFinished(object: KubeObject): boolean {
  const { deletionTimestamp, finalizers = [] } = object.metadata;
  if (deletionTimestamp === undefined || finalizers.length > 0) return false;
  if (object.kind === 'Namespace' && listAt(object, 'spec', 'finalizers').length > 0) return false;
  return (object.metadata['deletionGracePeriodSeconds'] ?? 0) === 0;
}
