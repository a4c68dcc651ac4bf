import type { Json, JsonObject } from '../json/canonical-json.ts';
import { asObject, countAt, digestAt, field, listAt, optionalTextAt, textAt, textsAt } from '../json/fields.ts';
import { demand } from '../refusal.ts';
import type { Expected, Folding, ReadinessRecord } from './readiness-record.ts';

/** The records that read as `shape` says, of one type and for the release; oldest first. A record in another shape says nothing. */
export function readAs<T>({ records, expected }: Folding, type: string, shape: (body: JsonObject) => T): readonly Read<T>[] {
  return records
    .filter((record) => record.type === type && record.release === expected.release)
    .flatMap((record) => {
      const said = attempt(() => shape(record.body));
      return said === undefined ? [] : [{ record, said }];
    });
}

/** As `readAs`, bound to the revision too. */
export function readAtRevision<T>(folding: Folding, type: string, shape: (body: JsonObject) => T): readonly Read<T>[] {
  return readAs(folding, type, shape).filter(({ record }) => record.revision === folding.expected.revision);
}

export interface Read<T> {
  readonly record: ReadinessRecord;
  readonly said: T;
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** One of a few words, or a refusal. */
export function wordAt<const W extends string>(object: JsonObject, name: string, words: readonly W[]): W {
  const text = textAt(object, name);
  const word = words.find((known) => known === text);
  demand(word !== undefined, 'field-wrong', `${name} is none of ${words.join(', ')}`);
  return word;
}

export function flagAt(object: JsonObject, name: string): boolean {
  const value = field(object, name);
  demand(typeof value === 'boolean', 'field-wrong', `${name} is not true or false`);
  return value;
}

export function objectsAt(object: JsonObject, name: string): readonly JsonObject[] {
  return listAt(object, name).map((item: Json) => asObject(item, name));
}

/** Whether `at` is no longer ago than the observation of live state may be. */
export function isFresh({ expected, asOf }: Folding, at: string): boolean {
  return Date.parse(asOf) - Date.parse(at) <= expected.liveObservationMaxAgeMs;
}

/** From the record of a verdict. */
export function parseExpected(object: JsonObject): Expected {
  return {
    release: digestAt(object, 'release'),
    revision: textAt(object, 'revision'),
    targets: textsAt(object, 'targets'),
    requiredPhases: textsAt(object, 'requiredPhases'),
    approvals: countAt(object, 'approvals'),
    liveObservationMaxAgeMs: countAt(object, 'liveObservationMaxAgeMs'),
    driftRevokeFrom: optionalTextAt(object, 'driftRevokeFrom'),
  };
}
