import { fieldAt, listAt, textAt } from '../document/json-field.ts';
import type { JsonObject } from '../document/json.ts';
import type { EvidenceType } from './evidence-type.ts';

/** What a record says, in a few words, for a list of records; `undefined` where its type says all there is. */
export function recordSummary(type: EvidenceType, body: JsonObject): string | undefined {
  return summaries[type]?.(body);
}

type Summary = (body: JsonObject) => string | undefined;

const said =
  (...fields: readonly string[]): Summary =>
  (body) =>
    wordsOf(fields.map((field) => textAt(body, field)));

const drifted: Summary = (body) => wordsOf([`${textAt(body, 'target') ?? ''}:`, differences(body)]);

const summaries: Partial<Readonly<Record<EvidenceType, Summary>>> = {
  'release-manifest': said('version'),
  'desired-state': said('stage'),
  'promotion-step': (body) => wordsOf([textAt(body, 'step'), textAt(body, 'stage'), textAt(body, 'to')]),
  approval: said('decision'),
  gate: said('gate', 'verdict'),
  merge: said('commit'),
  'sync-observation': synced,
  'live-digests': said('verdict'),
  validation: said('phase', 'verdict'),
  readiness: said('verdict'),
  'live-observation': looked,
  'observation-coverage': covered,
  'drift-opened': drifted,
  'drift-resolved': drifted,
  'unauthorised-change': (body) => wordsOf([`${textAt(body, 'target') ?? ''}:`, textAt(body, 'reason'), by(body)]),
  exception: said('exception', 'reason'),
  revocation: said('exception', 'reason'),
  'reconciliation-task': said('task', 'stage'),
  suspension: said('action', 'target', 'reason'),
  'promotion-closure': said('status', 'reason'),
};

function synced(body: JsonObject): string {
  const version = textAt(body, 'mapped', 'version');
  const none = textAt(body, 'mapped', 'none');
  const release = version ?? (none === undefined ? undefined : `no release (${none})`);
  const state = wordsOf([textAt(body, 'sync'), textAt(body, 'health')]);
  const parts = [textAt(body, 'verdict', 'kind'), state === '' ? undefined : state, release].filter((part) => part !== undefined);
  return `${textAt(body, 'target') ?? ''}: ${parts.join(', ')}`;
}

function looked(body: JsonObject): string {
  return `${textAt(body, 'target') ?? ''}: ${differences(body)}${fieldAt(body, 'complete') === true ? '' : ', not all of it seen'}`;
}

function covered(body: JsonObject): string {
  const { length: silences } = listAt(body, 'unobserved');
  const { length: gaps } = listAt(body, 'gaps');
  const whole = fieldAt(body, 'complete') === true ? 'all of it seen' : `${counted(silences, 'time')} unobserved, ${counted(gaps, 'gap')}`;
  return `${textAt(body, 'target') ?? ''}: since ${textAt(body, 'since') ?? ''} ${whole}`;
}

function differences(body: JsonObject): string {
  const { length } = listAt(body, 'drift');
  return length === 0 ? 'no drift' : counted(length, 'difference');
}

function by(body: JsonObject): string | undefined {
  const who = textAt(body, 'by');
  return who === undefined ? undefined : `(by ${who})`;
}

function counted(count: number, word: string): string {
  return `${String(count)} ${word}${count === 1 ? '' : 's'}`;
}

function wordsOf(words: readonly (string | undefined)[]): string {
  return words.filter((word) => word !== undefined).join(' ');
}
