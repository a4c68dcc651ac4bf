import { z } from 'zod';
import type { JsonObject } from '../document/json.ts';

/** The media type that a DSSE envelope gives a statement. */
export const statementPayloadType = 'application/vnd.in-toto+json';

/** What a record is about; subjects match by digest alone. */
export const Subject = z.looseObject({
  name: z.string().optional(),
  uri: z.string().optional(),
  digest: z.record(z.string(), z.string()).readonly(),
});
export type Subject = Readonly<z.infer<typeof Subject>>;

/** in-toto Statement v1. Readers ignore fields they don't know. */
export const Statement = z.looseObject({
  _type: z.literal('https://in-toto.io/Statement/v1'),
  subject: z.array(Subject).min(1).readonly(),
  predicateType: z.url(),
  predicate: z.record(z.string(), z.json()).readonly(),
});

/** What is written: JSON alone, so that it has one canonical form. */
export interface Statement extends JsonObject {
  readonly _type: 'https://in-toto.io/Statement/v1';
  readonly subject: readonly StatementSubject[];
  readonly predicateType: string;
  readonly predicate: JsonObject;
}

export interface StatementSubject extends JsonObject {
  readonly name?: string;
  readonly uri?: string;
  readonly digest: Readonly<Record<string, string>>;
}
