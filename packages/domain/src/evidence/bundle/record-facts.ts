import { z } from 'zod';
import type { EvidenceType } from '../evidence-type.ts';
import type { BundledRecord } from './bundled-record.ts';

/** What a bundle's page and its gaps read of records: each only what it needs, and nothing where a record says it otherwise. */
const facts = {
  'release-manifest': z.object({ version: z.string(), components: z.array(z.string()) }),
  'promotion-plan': z.object({ plan: z.string(), risk: z.string().optional() }),
  approval: z.object({ decision: z.string(), content: z.string(), reason: z.string().nullable().optional() }),
  gate: z.object({ gate: z.string(), verdict: z.string(), by: z.array(z.string()), required: z.number().optional() }),
  merge: z.object({ commit: z.string(), head: z.string() }),
  'sync-observation': z.object({ target: z.string(), verdict: z.object({ kind: z.string() }) }),
  'live-digests': z.object({
    verdict: z.string(),
    components: z.array(
      z.object({ component: z.string(), expected: z.array(z.string()), running: z.array(z.string()), status: z.string() }),
    ),
  }),
  'live-observation': z.object({
    target: z.string(),
    complete: z.boolean(),
    gaps: z.array(z.string()),
    drift: z.array(
      z.object({ id: z.string(), class: z.string(), severity: z.string(), path: z.string(), ignoredBy: z.string().optional() }),
    ),
  }),
  validation: z.object({
    phase: z.string(),
    verdict: z.string(),
    checks: z.array(z.object({ name: z.string(), verdict: z.string(), observed: z.string() })),
  }),
  readiness: z.object({
    spec: z.string(),
    verdict: z.string(),
    asOf: z.string(),
    expected: z.object({ targets: z.array(z.string()), requiredPhases: z.array(z.string()) }).optional(),
  }),
  exception: z.object({
    exception: z.string(),
    reason: z.string(),
    requestedBy: z.string(),
    approvedBy: z.array(z.string()),
    notBefore: z.string(),
    expiresAt: z.string(),
  }),
  revocation: z.object({ exception: z.string(), reason: z.string() }),
  'promotion-closure': z.object({
    status: z.string(),
    reason: z.string().optional(),
    records: z.array(z.string()).optional(),
    exceptions: z.array(z.string()).optional(),
  }),
} as const satisfies Partial<Readonly<Record<EvidenceType, z.ZodType>>>;

type FactType = keyof typeof facts;

/** What is read of a record. */
export type FactRecord = Pick<BundledRecord, 'type' | 'body'>;

export interface Fact<T extends FactType, R extends FactRecord = BundledRecord> {
  readonly record: R;
  readonly said: z.output<(typeof facts)[T]>;
}

/** Typed so that one name picks one shape. */
const schemas: { readonly [T in FactType]: z.ZodType<z.output<(typeof facts)[T]>> } = facts;

/** The records of one type, in their order, with what they say. */
export function factsOf<T extends FactType, R extends FactRecord>(records: readonly R[], type: T): readonly Fact<T, R>[] {
  const schema: z.ZodType<z.output<(typeof facts)[T]>> = schemas[type];
  return records
    .filter((record) => record.type === type)
    .flatMap((record) => {
      const read = schema.safeParse(record.body);
      return read.success ? [{ record, said: read.data }] : [];
    });
}
