import { parse as parseYaml } from 'yaml';
import { badRequest, invalidOptions, StatusError } from '../api/status-error.ts';
import { isObject, parseJson, toJson, type Json, type JsonObject } from '../json/json.ts';
import { unsupportedValue } from '../validation/cause.ts';
import type { User } from './access.ts';

export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly userAgent: string;
  readonly contentType: string;
  readonly user: User;
  readonly body: string;
}

export function queryText({ query }: ApiRequest, name: string): string {
  return query.get(name) ?? '';
}

export function queryFlag(request: ApiRequest, name: string): boolean {
  const text = queryText(request, name);
  return truths.includes(text) || (text === '' && request.query.has(name));
}

const truths = ['true', '1', 'True', 'TRUE', 't'];

export function queryNumber(request: ApiRequest, name: string): number | undefined {
  const text = queryText(request, name);
  if (text === '') return undefined;
  if (!/^-?\d+$/.test(text)) throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
  return Number(text);
}

const longestManager = 128;

/** Who a write is attributed to: as the client says, else the first word of its user agent. */
export function fieldManager(request: ApiRequest): string {
  const said = queryText(request, 'fieldManager');
  const agent = request.userAgent.split('/')[0] ?? '';
  return (said !== '' ? said : agent === '' ? 'unknown' : agent).slice(0, longestManager);
}

export function isDryRun(request: ApiRequest): boolean {
  const said = queryText(request, 'dryRun');
  if (said === '' || said === 'All') return said === 'All';
  const kind = { POST: 'CreateOptions', DELETE: 'DeleteOptions' } as const;
  const cause = unsupportedValue('dryRun', [said], ['All']);
  throw invalidOptions(request.method === 'POST' || request.method === 'DELETE' ? kind[request.method] : 'PatchOptions', cause);
}

/** The body as an object of this kind. */
export function bodyObject(request: ApiRequest, kind: string): JsonObject {
  const { contentType, body } = request;
  const value = inRequest(
    `the object provided is unrecognized (must be of type ${kind}): couldn't get version/kind; json parse error`,
    () => {
      if (contentType === '' || contentType === 'application/json') return parseJson(body);
      if (contentType === 'application/yaml') return readYaml(body);
      throw unsupportedMediaType(['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf']);
    },
  );
  if (isObject(value)) return value;
  throw badRequest(
    `the object provided is unrecognized (must be of type ${kind}): couldn't get version/kind; json parse error: it is not an object`,
  );
}

/** An object, or nothing where the client sent nothing. */
export function optionalBodyObject(request: ApiRequest, kind: string): JsonObject {
  return request.body.trim() === '' ? {} : bodyObject(request, kind);
}

export function patchBody({ contentType, body }: ApiRequest): Json {
  if (contentType === 'application/apply-patch+yaml') return inRequest('error decoding YAML', () => readYaml(body));
  return inRequest('error decoding patch', () => parseJson(body));
}

function readYaml(text: string): Json {
  const value: unknown = parseYaml(text);
  return toJson(value);
}

/** What the parser dislikes is the client's fault. */
function inRequest(what: string, parse: () => Json): Json {
  try {
    return parse();
  } catch (error) {
    if (error instanceof StatusError) throw error;
    throw badRequest(`${what}: ${error instanceof Error ? error.message : 'invalid'}`);
  }
}

export function unsupportedMediaType(accepted: readonly string[]): StatusError {
  const list = accepted.join(', ');
  return new StatusError(
    'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types include: ${list}`,
  );
}
