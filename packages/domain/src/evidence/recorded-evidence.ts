import { z } from 'zod';
import type { JsonObject } from '../document/json.ts';
import { Actor } from './actor.ts';
import { fromBase64 } from './base64.ts';
import { Digest } from './digest.ts';
import { contextExtension } from './evidence-statement.ts';
import { Statement } from './in-toto-statement.ts';
import { jsonOfBytes } from './json-bytes.ts';
import { SigstoreBundle } from './sigstore-bundle.ts';

const Shared = z.looseObject({ actor: Actor.optional(), release: Digest.optional(), revision: z.string().optional() });

export interface RecordedEvidence {
  readonly actor?: Actor;
  readonly release?: Digest;
  readonly revision?: string;
  /** The whole predicate. */
  readonly body: JsonObject;
}

/** What a stored record says. Doesn't verify it: the store gives back what was signed and appended. Throws where the bytes aren't a record. */
export function recordedEvidence(bundle: Uint8Array): RecordedEvidence {
  const { dsseEnvelope } = SigstoreBundle.parse(jsonOfBytes(bundle, 'a stored record'));
  const { predicate } = Statement.parse(jsonOfBytes(fromBase64(dsseEnvelope.payload), 'the payload of a stored record'));
  // A standard predicate keeps what all records share under its own name.
  const { actor, release, revision } = Shared.parse(predicate[contextExtension] ?? predicate);
  return {
    ...(actor === undefined ? {} : { actor }),
    ...(release === undefined ? {} : { release }),
    ...(revision === undefined ? {} : { revision }),
    body: z.record(z.string(), z.json()).parse(predicate),
  };
}
