import { bundleMediaType } from '@fairlead/domain';
import { z } from 'zod';
import { Refusal } from './refusal.ts';

/** One text for one value: a character whose last bits count for nothing would be a second one. */
const base64 = z
  .base64()
  .min(1)
  .refine((text) => Buffer.from(text, 'base64').toString('base64') === text);
/** What is parsed further: an ASN.1 or JSON part of each two bytes must not fill the memory. */
const parsed = (most: number): typeof base64 => base64.max(most);

const legacyTypes = ['0.1', '0.2', '0.3'].map((version) => `application/vnd.dev.sigstore.bundle+json;version=${version}`);
const count = z.union([z.string().regex(/^(?:0|[1-9]\d{0,18})$/), z.int().min(0)]);

const InclusionProof = z.strictObject({
  logIndex: count.optional(),
  rootHash: base64,
  treeSize: count,
  hashes: z.array(base64).max(64).optional(),
  // Bundles of the first version had none.
  checkpoint: z.strictObject({ envelope: z.string().min(1).max(16_384) }).nullish(),
});

const LogEntry = z.strictObject({
  logIndex: count.optional(),
  logId: z.strictObject({ keyId: base64 }),
  kindVersion: z.strictObject({ kind: z.string(), version: z.string() }),
  integratedTime: count.optional(),
  inclusionPromise: z.strictObject({ signedEntryTimestamp: base64 }).nullish(),
  inclusionProof: InclusionProof.nullish(),
  canonicalizedBody: parsed(524_288),
});

const Certificate = z.strictObject({ rawBytes: parsed(65_536) });

/** Fields that Sigstore's own definition has, and no others: what we don't know we can't have verified. */
const BundleShape = z
  .strictObject({
    mediaType: z.enum([...legacyTypes, bundleMediaType]),
    verificationMaterial: z.strictObject({
      publicKey: z.strictObject({ hint: z.string().max(256) }).optional(),
      certificate: Certificate.optional(),
      x509CertificateChain: z.strictObject({ certificates: z.array(Certificate).min(1).max(10) }).optional(),
      tlogEntries: z.array(LogEntry).max(8).optional(),
      timestampVerificationData: z
        .strictObject({
          rfc3161Timestamps: z
            .array(z.strictObject({ signedTimestamp: parsed(65_536) }))
            .max(8)
            .optional(),
        })
        .nullish(),
    }),
    dsseEnvelope: z
      .strictObject({
        payload: base64,
        payloadType: z.string().min(1).max(256),
        signatures: z.tuple([z.strictObject({ sig: base64, keyid: z.string().optional() })]),
      })
      .optional(),
    messageSignature: z
      .strictObject({ messageDigest: z.strictObject({ algorithm: z.string(), digest: base64 }), signature: base64 })
      .optional(),
  })
  .refine(({ dsseEnvelope, messageSignature }) => (dsseEnvelope === undefined) !== (messageSignature === undefined), 'needs one content');
export type BundleShape = z.infer<typeof BundleShape>;

/** The bundle as it stands in the file, with what must be true of any. */
export function readBundleShape(value: unknown): BundleShape {
  const read = BundleShape.safeParse(value);
  if (!read.success) throw new Refusal('malformed', `it is no Sigstore bundle: ${whereOf(read.error)}`);
  requireOneName(read.data);
  for (const { inclusionProof } of read.data.verificationMaterial.tlogEntries ?? [])
    requireStrictCheckpoint(inclusionProof?.checkpoint?.envelope);
  return read.data;
}

/** Nothing authenticates either name, but a pair that differs was put together from two. */
function requireOneName({ dsseEnvelope, verificationMaterial }: BundleShape): void {
  const keyid = dsseEnvelope?.signatures[0].keyid ?? '';
  const hint = verificationMaterial.publicKey?.hint;
  if (hint === undefined || keyid === '' || keyid === hint) return;
  throw new Refusal('malformed', 'its signature and its key go by different names');
}

/** The library takes `0xf` and ` 15` for sizes. */
function requireStrictCheckpoint(envelope: string | undefined): void {
  if (envelope === undefined) return;
  if (!/^[^\n]+\n(?:0|[1-9]\d{0,18})\n[A-Za-z0-9+/]+=*\n/.test(envelope))
    throw new Refusal('malformed', 'the checkpoint of its log entry is malformed');
}

/** Where, never what: the bytes are a stranger's. */
function whereOf(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue === undefined || issue.path.length === 0 ? 'as a whole' : `at ${issue.path.join('.').slice(0, 80)}`;
}
