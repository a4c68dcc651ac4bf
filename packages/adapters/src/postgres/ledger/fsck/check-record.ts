import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import { contextExtension, LogLeaf, preAuthenticationEncoding, SigstoreBundle, Statement } from '@fairlead/domain';
import { z } from 'zod';
import type { Report } from './finding.ts';

/** A record beside what the log, or its outbox, says of it. */
export interface RecordRow {
  readonly id: number;
  readonly leaf: Buffer;
  readonly digest: string;
  readonly service: string;
  readonly environment: string | null;
  readonly release: string | null;
  readonly promotion: string | null;
  readonly at: Date;
  readonly bundle: Buffer;
}

const Context = z.object({
  at: z.string(),
  service: z.string(),
  environment: z.string().optional(),
  release: z.string().optional(),
  promotion: z.string().optional(),
});
type Context = z.infer<typeof Context>;

/** By key id: SHA-256 of the SPKI form, hexadecimal. */
export type RecordKeys = ReadonlyMap<string, KeyObject>;

export function recordKeys(spkis: readonly Uint8Array[]): RecordKeys {
  return new Map(
    spkis.map((spki) => [
      createHash('sha256').update(spki).digest('hex'),
      createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' }),
    ]),
  );
}

/** What was signed gives the leaf, the digest and the columns, and the signature holds. */
export function checkRecord(row: RecordRow, keys: RecordKeys, report: Report): void {
  const where = `record ${String(row.id)}`;
  const read = readSigned(row.bundle);
  if (read === undefined) {
    report({ kind: 'record-unreadable', where, detail: "isn't a bundle with a statement of ours" });
    return;
  }
  if (!sameLeaf(row, read)) report({ kind: 'record-altered', where, detail: "what was signed doesn't give its digest and leaf" });
  if (!sameColumns(row, read.context)) report({ kind: 'record-columns', where, detail: 'is filed under something else than it says' });
  const key = keys.get(read.keyId);
  if (key === undefined) report({ kind: 'record-key-unknown', where, detail: `is signed by ${read.keyId}` });
  else if (!verify(null, read.pae, key, read.signature)) report({ kind: 'record-signature', where, detail: "its signature doesn't hold" });
}

interface Signed {
  readonly pae: Uint8Array;
  readonly type: string;
  readonly context: Context;
  readonly keyId: string;
  readonly signature: Buffer;
}

function readSigned(bytes: Buffer): Signed | undefined {
  const bundle = SigstoreBundle.safeParse(parseJson(bytes)).data;
  if (bundle === undefined) return undefined;
  const [{ keyid, sig }] = bundle.dsseEnvelope.signatures;
  const payload = Buffer.from(bundle.dsseEnvelope.payload, 'base64');
  const statement = Statement.safeParse(parseJson(payload)).data;
  const context = Context.safeParse(statement?.predicate[contextExtension] ?? statement?.predicate).data;
  // The hint is what a verifier looks the key up by; nothing but this binds it to the envelope.
  if (statement === undefined || context === undefined || bundle.verificationMaterial.publicKey.hint !== keyid) return undefined;
  const pae = preAuthenticationEncoding(bundle.dsseEnvelope.payloadType, payload);
  return { pae, type: statement.predicateType, context, keyId: keyid, signature: Buffer.from(sig, 'base64') };
}

function sameLeaf(row: RecordRow, { pae, type, context }: Signed): boolean {
  const hash = createHash('sha256').update(pae).digest('hex');
  const leaf = LogLeaf.safeParse(parseJson(row.leaf)).data;
  const same = [
    [row.digest, `sha256:${hash}`],
    [leaf?.pae, hash],
    [leaf?.type, type],
    [leaf?.at, context.at],
    [leaf?.environment, context.environment],
  ];
  return same.every(([stored, said]) => stored === said);
}

function sameColumns(row: RecordRow, context: Context): boolean {
  const same = [
    [row.service, context.service],
    [row.environment, context.environment ?? null],
    [row.release, context.release ?? null],
    [row.promotion, context.promotion ?? null],
    [row.at.getTime(), Date.parse(context.at)],
  ];
  return same.every(([column, said]) => column === said);
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}
