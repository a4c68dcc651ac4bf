import { parse as parseYaml } from 'yaml';
import { badRequest, StatusError } from '../api/status-error.ts';
import { isObject, parseJson, toJson, type Json, type JsonObject } from '../json/json.ts';
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
  return (said === '' ? (request.userAgent.split('/')[0] ?? '') : said).slice(0, longestManager);
}

export function isDryRun(request: ApiRequest): boolean {
  const said = queryText(request, 'dryRun');
  if (said === '' || said === 'All') return said === 'All';
  throw badRequest(`dryRun: Unsupported value: ${JSON.stringify(said)}: supported values: "All"`);
}

export function bodyObject(request: ApiRequest): JsonObject {
  const value = parseBody(request, ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf']);
  if (!isObject(value)) throw badRequest("couldn't get version/kind; json parse error: the body is not an object");
  return value;
}

/** An object, or nothing where the client sent nothing. */
export function optionalBodyObject(request: ApiRequest): JsonObject {
  return request.body.trim() === '' ? {} : bodyObject(request);
}

function parseBody(request: ApiRequest, accepted: readonly string[]): Json {
  const { contentType, body } = request;
  if (contentType === '' || contentType === 'application/json') return decodeJson(body);
  if (contentType === 'application/yaml') return decodeYaml(body);
  throw unsupportedMediaType(accepted);
}

export function decodeJson(text: string): Json {
  try {
    return parseJson(text);
  } catch (error) {
    throw badRequest(`couldn't get version/kind; json parse error: ${error instanceof Error ? error.message : 'invalid'}`);
  }
}

export function decodeYaml(text: string): Json {
  try {
    const value: unknown = parseYaml(text);
    return toJson(value);
  } catch (error) {
    throw badRequest(`error decoding YAML: ${error instanceof Error ? error.message : 'invalid'}`);
  }
}

export function unsupportedMediaType(accepted: readonly string[]): StatusError {
  const list = accepted.join(', ');
  return new StatusError(
    'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types include: ${list}`,
  );
}
