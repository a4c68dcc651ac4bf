import type { Bytes } from '../bytes/bytes.ts';
import { parseCanonicalJson, type JsonObject } from '../json/canonical-json.ts';
import { asObject, digestAt, field, listAt, objectAt, optionalTextAt, requireOnly, textAt, timeAt } from '../json/fields.ts';
import { demand, UnknownVersion } from '../refusal.ts';

/** One fact, as its payload says it. */
export interface Statement {
  readonly type: string;
  readonly predicateType: string;
  /** RFC 3339 with milliseconds. */
  readonly at: string;
  readonly actor: Actor | undefined;
  readonly service: string;
  readonly environment: string | undefined;
  readonly release: string | undefined;
  readonly promotion: string | undefined;
  readonly revision: string | undefined;
  readonly policy: string | undefined;
  /** The whole predicate. */
  readonly body: JsonObject;
}

interface Actor {
  readonly id: string;
  readonly kind: string;
  readonly groups: readonly string[];
}

const ours = /^https:\/\/fairlead\.dev\/attestation\/([a-z][a-z-]*)\/v1$/;
const standard: ReadonlyMap<string, string> = new Map([
  ['https://in-toto.io/attestation/test-result/v0.1', 'validation'],
  ['https://slsa.dev/verification_summary/v1', 'readiness'],
]);
const contextName = 'https://fairlead.dev/attestation/context/v1';

/** Every type whose meaning this program knows, at least so far that it can't turn a no into a yes. */
const known: ReadonlySet<string> = new Set([
  ...['release-manifest', 'desired-state', 'promotion-plan', 'promotion-step', 'approval', 'approval-carried', 'gate', 'merge'],
  ...['sync-observation', 'live-digests', 'validation', 'readiness', 'live-observation', 'observation-coverage', 'drift-opened'],
  ...['drift-resolved', 'drift-action', 'unauthorised-change', 'exception', 'revocation', 'reconciliation-task', 'suspension'],
  ...['promotion-closure', 'bundle-manifest'],
]);

export function parseStatement(payload: Bytes): Statement {
  const statement = asObject(parseCanonicalJson(payload), 'the payload');
  requireOnly(statement, ['_type', 'subject', 'predicateType', 'predicate'], 'a statement');
  demand(textAt(statement, '_type') === 'https://in-toto.io/Statement/v1', 'statement-invalid', 'not an in-toto Statement v1');
  requireSubjects(statement);
  const predicateType = textAt(statement, 'predicateType');
  const body = objectAt(statement, 'predicate');
  const isStandard = standard.has(predicateType);
  return { type: typeOf(predicateType), predicateType, body, ...contextOf(isStandard ? objectAt(body, contextName) : body) };
}

function requireSubjects(statement: JsonObject): void {
  const subjects = listAt(statement, 'subject');
  demand(subjects.length > 0, 'statement-invalid', 'the statement speaks of nothing');
  for (const subject of subjects) objectAt(asObject(subject, 'subject'), 'digest');
}

function typeOf(predicateType: string): string {
  const type = standard.get(predicateType) ?? ours.exec(predicateType)?.[1];
  if (type !== undefined && known.has(type)) return type;
  throw new UnknownVersion('type-unknown', `this program does not know records of type ${JSON.stringify(predicateType.slice(0, 120))}`);
}

function contextOf(context: JsonObject): Omit<Statement, 'type' | 'predicateType' | 'body'> {
  textAt(context, 'id');
  const policy = field(context, 'policy');
  return {
    at: timeAt(context, 'at'),
    actor: field(context, 'actor') === undefined ? undefined : actorOf(objectAt(context, 'actor')),
    service: textAt(context, 'service'),
    environment: optionalTextAt(context, 'environment'),
    release: field(context, 'release') === undefined ? undefined : digestAt(context, 'release'),
    promotion: optionalTextAt(context, 'promotion'),
    revision: optionalTextAt(context, 'revision'),
    policy: policy === undefined ? undefined : digestAt(asObject(policy, 'policy'), 'digest'),
  };
}

function actorOf(actor: JsonObject): Actor {
  const groups = listAt(actor, 'groups').filter((group) => typeof group === 'string');
  return { id: textAt(actor, 'id'), kind: textAt(actor, 'kind'), groups };
}
