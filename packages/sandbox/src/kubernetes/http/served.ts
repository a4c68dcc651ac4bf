import type { Cluster, Target, Writer } from '../api/cluster.ts';
import type { Deletion, Propagation } from '../api/delete-object.ts';
import type { ListPages } from '../api/list-pages.ts';
import { badRequest, invalidOptions, StatusError } from '../api/status-error.ts';
import type { JsonObject } from '../json/json.ts';
import { numberAt, textAt } from '../json/json-path.ts';
import { metadataFault } from '../resources/kube-object.ts';
import { apiVersionOf } from '../resources/resource-type.ts';
import { unsupportedValue } from '../validation/cause.ts';
import { bodyObject, fieldManager, isDryRun, optionalBodyObject, queryNumber, queryText, type ApiRequest } from './api-request.ts';

export interface Served {
  readonly cluster: Cluster;
  readonly pages: ListPages;
}

export function methodNotAllowed(): StatusError {
  return new StatusError('MethodNotAllowed', 'the server does not allow this method on the requested resource', {});
}

export function writerOf(request: ApiRequest): Writer {
  return { manager: fieldManager(request), dryRun: isDryRun(request) };
}

interface Destination extends Omit<Target, 'name'> {
  /** Undefined: of a collection, where the object names itself. */
  readonly name?: string;
}

/** The object in the body of a create or replace, once it is sure that it belongs where it was sent. */
export function sentObject(request: ApiRequest, destination: Destination): JsonObject {
  const { type } = destination;
  const body = bodyObject(request, type.kind);
  const shape = metadataFault(body['metadata']);
  if (shape !== undefined) throw badRequest(`${type.kind} in version "${type.version}" cannot be handled as a ${type.kind}: ${shape}`);
  const fault = kindFault(body, destination) ?? placeFault(body, destination);
  if (fault !== undefined) throw badRequest(fault);
  return body;
}

/** A built-in object may leave its kind to the path; a custom one says it. */
function kindFault(body: JsonObject, { type }: Destination): string | undefined {
  const expected = apiVersionOf(type);
  if (type.origin === 'definition' && textAt(body, 'kind') === undefined) {
    return `the object provided is unrecognized (must be of type ${type.kind}): Object 'Kind' is missing in '${JSON.stringify(body)}'`;
  }
  const version = textAt(body, 'apiVersion') ?? expected;
  const kind = textAt(body, 'kind') ?? type.kind;
  if (version === expected && kind === type.kind) return undefined;
  return `${kind} in version "${type.version}" cannot be handled as a ${type.kind}: it is of ${version}`;
}

function placeFault(body: JsonObject, { namespace = '', name }: Destination): string | undefined {
  const saidNamespace = textAt(body, 'metadata', 'namespace') ?? '';
  if (saidNamespace !== '' && saidNamespace !== namespace) {
    return 'the namespace of the provided object does not match the namespace sent on the request';
  }
  const saidName = textAt(body, 'metadata', 'name') ?? '';
  return name === undefined || saidName === name
    ? undefined
    : `the name of the object (${saidName}) does not match the name on the URL (${name})`;
}

/** Options in the body win over those in the query. */
export function deletionOf(request: ApiRequest, target: Target): Deletion {
  const body = optionalBodyObject(request, 'DeleteOptions');
  const said = textAt(body, 'propagationPolicy') ?? queryText(request, 'propagationPolicy');
  const propagation = said === '' ? orphaning(request, body) : said;
  const gracePeriodSeconds = numberAt(body, 'gracePeriodSeconds') ?? queryNumber(request, 'gracePeriodSeconds');
  const uid = textAt(body, 'preconditions', 'uid');
  const resourceVersion = textAt(body, 'preconditions', 'resourceVersion');
  return {
    target,
    dryRun: isDryRun(request),
    ...(propagation !== undefined && { propagation: parsePropagation(propagation) }),
    ...(gracePeriodSeconds !== undefined && { gracePeriodSeconds }),
    ...(uid !== undefined && { uid }),
    ...(resourceVersion !== undefined && { resourceVersion }),
  };
}

/** The option's old form. */
function orphaning(request: ApiRequest, body: JsonObject): Propagation | undefined {
  const said = body['orphanDependents'] ?? queryText(request, 'orphanDependents');
  if (said === true || said === 'true') return 'Orphan';
  return said === false || said === 'false' ? 'Background' : undefined;
}

function parsePropagation(text: string): Propagation {
  if (text === 'Background' || text === 'Foreground' || text === 'Orphan') return text;
  const supported = ['Foreground', 'Background', 'Orphan', 'nil'];
  throw invalidOptions('DeleteOptions', unsupportedValue('propagationPolicy', text, supported));
}
