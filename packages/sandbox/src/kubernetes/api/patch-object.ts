import { applyObject } from '../fields/apply-object.ts';
import { fieldPaths } from '../fields/field-set.ts';
import type { FieldOwner } from '../fields/field-owners.ts';
import { isList, isObject, type Json, type JsonObject } from '../json/json.ts';
import { at, textAt, withAt, without } from '../json/json-path.ts';
import { jsonPatch, JsonPatchError } from '../patch/json-patch.ts';
import { mergePatch } from '../patch/merge-patch.ts';
import { strategicMergePatch } from '../patch/strategic-merge-patch.ts';
import { metadataFault, type KubeObject } from '../resources/kube-object.ts';
import { apiVersionOf } from '../resources/resource-type.ts';
import type { Cluster, Target, Writer } from './cluster.ts';
import { createObject } from './create-object.ts';
import { ownerEntry, type Subresource } from './finish-object.ts';
import { badRequest, conflict, StatusError } from './status-error.ts';
import { findObject } from './stored-object.ts';
import { updateObject, type Proposal } from './update-object.ts';

export type PatchKind = 'merge' | 'json' | 'strategic' | 'apply';

export interface Patch {
  readonly kind: PatchKind;
  readonly body: Json;
  readonly force: boolean;
}

export interface Patching {
  readonly target: Target;
  readonly patch: Patch;
  readonly writer: Writer;
  readonly subresource?: Subresource;
}

export interface Patched {
  readonly object: KubeObject;
  readonly created: boolean;
}

export function patchObject(cluster: Cluster, patching: Patching): Patched {
  const { target, patch, writer, subresource } = patching;
  if (patch.kind === 'apply') return apply(cluster, patching);
  const propose = (current: KubeObject): Proposal => ({ object: patchedObject(target, patch, current) });
  const object = updateObject(cluster, { target, writer, propose, ...(subresource !== undefined && { subresource }) });
  return { object, created: false };
}

function patchedObject({ type }: Target, { kind, body }: Patch, current: KubeObject): JsonObject {
  const patched = mergedBy({ kind, body, schema: type.schema }, { ...current, apiVersion: apiVersionOf(type) });
  if (!isObject(patched)) throw badRequest('the patch leaves no object');
  const fault = metadataFault(patched['metadata']);
  if (fault !== undefined) throw badRequest(fault);
  return patched;
}

/** A patch of another kind than apply, on any value: objects and scales alike. */
export function mergedBy({ kind, body, schema }: Pick<Patch, 'kind' | 'body'> & Pick<Target['type'], 'schema'>, current: Json): Json {
  if (kind === 'json') return jsonPatched(current, body);
  if (!isObject(body)) throw badRequest('json: cannot unmarshal the patch into an object');
  return kind === 'merge' ? mergePatch(current, body) : strategicMergePatch(schema, current, body);
}

function jsonPatched(current: Json, operations: Json): Json {
  if (!isList(operations))
    throw badRequest('error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp');
  try {
    return jsonPatch(current, operations);
  } catch (error) {
    if (!(error instanceof JsonPatchError)) throw error;
    // The real server keeps to itself which operation failed.
    throw new StatusError('Invalid', 'the server rejected our request due to an error in our request', {});
  }
}

function apply(cluster: Cluster, { target, patch, writer, subresource }: Patching): Patched {
  const applied = writable(readApplied(target, patch.body), target, subresource);
  const owning = { cluster, type: target.type, writer, ...(subresource !== undefined && { subresource }) };
  const applier = ownerEntry(owning, 'Apply');
  const propose = (live: KubeObject | undefined): Required<Proposal> =>
    proposeApplied(target, { live, applied, applier, force: patch.force });

  if (findObject(cluster, target) !== undefined || subresource !== undefined) {
    const object = updateObject(cluster, { target, writer, propose, ...(subresource !== undefined && { subresource }) });
    return { object, created: false };
  }
  if (textAt(applied, 'metadata', 'uid') !== undefined) {
    throw conflict(
      target.type,
      target.name,
      `uid mismatch: the provided object specified uid ${textAt(applied, 'metadata', 'uid') ?? ''}, and no existing object was found`,
    );
  }
  const { object: body, owners } = propose(undefined);
  return { object: createObject(cluster, { type: target.type, namespace: target.namespace, body, writer, owners }), created: true };
}

function readApplied({ type, namespace, name }: Target, body: Json): JsonObject {
  if (!isObject(body)) throw badRequest('error decoding YAML: the applied configuration is not an object');
  const fault = metadataFault(body['metadata']);
  if (fault !== undefined) throw badRequest(fault);
  if (textAt(body, 'apiVersion') !== apiVersionOf(type) || textAt(body, 'kind') !== type.kind) {
    throw badRequest(`invalid object type: ${textAt(body, 'apiVersion') ?? ''}, Kind=${textAt(body, 'kind') ?? ''}`);
  }
  if (at(body, 'metadata', 'managedFields') !== undefined) throw badRequest('metadata.managedFields must be nil');
  const said = textAt(body, 'metadata', 'name') ?? name;
  if (said !== name) throw badRequest(`the name of the object (${said}) does not match the name on the URL (${name})`);
  return withAt(withAt(body, ['metadata', 'name'], name), ['metadata', 'namespace'], namespace);
}

/** The part of a configuration that this endpoint takes; the applier owns nothing of the rest. */
function writable(applied: JsonObject, { type }: Target, subresource: Subresource | undefined): JsonObject {
  if (subresource === 'status')
    return Object.fromEntries(Object.entries(applied).filter(([key]) => ['apiVersion', 'kind', 'status'].includes(key)));
  return type.status ? without(applied, 'status') : applied;
}

interface Applying {
  readonly live: KubeObject | undefined;
  readonly applied: JsonObject;
  readonly applier: Omit<FieldOwner, 'fields'>;
  readonly force: boolean;
}

function proposeApplied({ type }: Target, applying: Applying): Required<Proposal> {
  const result = applyObject({ schema: type.schema, ...applying });
  if (result.kind === 'merged') return { object: result.object, owners: result.owners };

  const causes = result.with.flatMap((owner) =>
    fieldPaths(owner.fields).map((field) => ({
      reason: 'FieldManagerConflict',
      message: `conflict with ${ownerText(owner)}`,
      field,
    })),
  );
  throw new StatusError('Conflict', conflictMessage(causes), { causes });
}

function ownerText({ manager, subresource, operation, apiVersion }: FieldOwner): string {
  const named = `"${manager}"${subresource === undefined ? '' : ` with subresource "${subresource}"`}`;
  return operation === 'Update' ? `${named} using ${apiVersion}` : named;
}

function conflictMessage(causes: readonly { readonly message: string; readonly field: string }[]): string {
  const [only] = causes;
  if (causes.length === 1 && only !== undefined) return `Apply failed with 1 conflict: ${only.message}: ${only.field}`;
  const owners = [...new Set(causes.map(({ message }) => message))];
  const lists = owners.map((owner) => {
    const fields = causes.filter(({ message }) => message === owner).map(({ field }) => `- ${field}`);
    return `${owner.replace(/^conflict /, 'conflicts ')}:\n${fields.join('\n')}`;
  });
  return `Apply failed with ${causes.length.toString()} conflicts: ${lists.join('\n')}`;
}
