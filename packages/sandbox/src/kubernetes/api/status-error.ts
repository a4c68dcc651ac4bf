import type { JsonObject } from '../json/json.ts';
import { kindName, resourceName, type ResourceType } from '../resources/resource-type.ts';

export type Reason =
  | 'AlreadyExists'
  | 'BadRequest'
  | 'Conflict'
  | 'Expired'
  | 'Forbidden'
  | 'Invalid'
  | 'MethodNotAllowed'
  | 'NotFound'
  | 'RequestEntityTooLarge'
  | 'Timeout'
  /** The real server gives none, and code 500. */
  | 'Unknown'
  | 'Unauthorized'
  | 'UnsupportedMediaType';

const codes: Readonly<Record<Reason, number>> = {
  BadRequest: 400,
  Unauthorized: 401,
  Forbidden: 403,
  NotFound: 404,
  MethodNotAllowed: 405,
  AlreadyExists: 409,
  Conflict: 409,
  Expired: 410,
  RequestEntityTooLarge: 413,
  UnsupportedMediaType: 415,
  Invalid: 422,
  Timeout: 504,
  Unknown: 500,
};

export interface Cause {
  readonly reason: string;
  readonly message: string;
  readonly field?: string;
}

/** An answer of "no", as the API says it: a `Status` object and its HTTP code. */
export class StatusError extends Error {
  readonly reason: Reason;
  readonly details: JsonObject | undefined;

  constructor(reason: Reason, message: string, details?: JsonObject) {
    super(message);
    this.name = 'StatusError';
    this.reason = reason;
    this.details = details;
  }

  get code(): number {
    return codes[this.reason];
  }

  toStatus(): JsonObject {
    const { reason, message, code, details } = this;
    const said = { ...(reason !== 'Unknown' && { reason }), ...(details && { details }) };
    return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, ...said, code };
  }
}

export function badRequest(message: string): StatusError {
  return new StatusError('BadRequest', message);
}

export function notFound(type: ResourceType, name: string): StatusError {
  return new StatusError('NotFound', `${resourceName(type)} "${name}" not found`, resourceDetails(type, name));
}

export function alreadyExists(type: ResourceType, name: string): StatusError {
  return new StatusError('AlreadyExists', `${resourceName(type)} "${name}" already exists`, resourceDetails(type, name));
}

export function forbidden(type: ResourceType, name: string, because: string): StatusError {
  return new StatusError('Forbidden', `${resourceName(type)} "${name}" is forbidden: ${because}`, resourceDetails(type, name));
}

export function conflict(type: ResourceType, name: string, because = modified): StatusError {
  const message = `Operation cannot be fulfilled on ${resourceName(type)} "${name}": ${because}`;
  return new StatusError('Conflict', message, resourceDetails(type, name));
}

const modified = 'the object has been modified; please apply your changes to the latest version and try again';

export function invalid(type: ResourceType, name: string, causes: readonly Cause[]): StatusError {
  const said = causes.map(({ field, message }) => (field === undefined ? message : `${field}: ${message}`));
  const list = said.length === 1 ? (said[0] ?? '') : `[${said.join(', ')}]`;
  const details = { name, ...(type.group !== '' && { group: type.group }), kind: type.kind, causes: causes.map((cause) => ({ ...cause })) };
  return new StatusError('Invalid', `${kindName(type)} "${name}" is invalid: ${list}`, details);
}

/** Custom resources are replaced only by who has read them. */
export function unversioned(type: ResourceType, name: string): StatusError {
  const field = 'metadata.resourceVersion';
  const message = 'Invalid value: 0: must be specified for an update';
  const details = { ...resourceDetails(type, name), causes: [{ reason: 'FieldValueInvalid', message, field }] };
  return new StatusError('Invalid', `${resourceName(type)} "${name}" is invalid: ${field}: ${message}`, details);
}

/** Of the options of a request rather than of an object. */
export function invalidOptions(kind: 'CreateOptions' | 'DeleteOptions' | 'ListOptions' | 'PatchOptions', cause: Cause): StatusError {
  const message = `${kind}.meta.k8s.io "" is invalid: ${cause.field ?? ''}: ${cause.message}`;
  return new StatusError('Invalid', message, { group: 'meta.k8s.io', kind, causes: [{ ...cause }] });
}

/** The answer to a path below a group that the server knows. */
export function noSuchResource(): StatusError {
  return new StatusError('NotFound', 'the server could not find the requested resource', {});
}

export function resourceDetails({ group, plural }: ResourceType, name: string): JsonObject {
  return { name, ...(group !== '' && { group }), kind: plural };
}
