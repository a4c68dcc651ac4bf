import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { FreeMap } from '../document/free-form.ts';
import { Digest } from '../evidence/digest.ts';
import { EvidenceType } from '../evidence/evidence-type.ts';
import { DriftSeverity } from '../policy/policy.ts';
import { foldReadiness } from './assess-readiness.ts';

const Vectors = z.object({
  expected: z.record(
    z.string(),
    z.object({
      release: Digest,
      revision: z.string(),
      targets: z.array(z.string()),
      requiredPhases: z.array(z.string()),
      approvals: z.int(),
      liveObservationMaxAgeMs: z.int(),
      driftRevokeFrom: DriftSeverity,
    }),
  ),
  records: z.record(
    z.string(),
    z.object({
      digest: Digest,
      type: EvidenceType,
      at: z.string(),
      release: Digest.exactOptional(),
      revision: z.string().exactOptional(),
      body: FreeMap,
    }),
  ),
  cases: z
    .array(
      z.object({
        name: z.string(),
        spec: z.enum(['readiness/v0', 'readiness/v1']),
        expected: z.string(),
        records: z.array(z.string()),
        asOf: z.string(),
        verdict: z.enum(['ready', 'blocked', 'unknown']),
        failed: z.array(z.string()),
        missing: z.array(z.string()),
        inputs: z.array(z.string()),
      }),
    )
    .min(60),
});

const file = new URL('../../../../docs/spec/readiness-vectors.json', import.meta.url);
const { expected, records, cases } = Vectors.parse(JSON.parse(await readFile(file, 'utf8')));

/** The second implementation, in `packages/verifier`, folds the same ones. */
describe('the golden vectors of readiness', () => {
  it.each(cases)('$name', (given) => {
    const meant = expected[given.expected];
    if (meant === undefined) throw new Error(`no expectation ${given.expected}`);
    const list = given.records.flatMap((name) => records[name] ?? []);
    expect(list).toHaveLength(given.records.length);

    const verdict = foldReadiness({ spec: given.spec, expected: meant }, list, new Date(given.asOf));

    const codes = verdict.kind === 'ready' ? [] : verdict.blockers.map(({ code }) => code);
    expect(verdict.kind).toBe(given.verdict);
    expect(new Set(codes)).toEqual(new Set([...given.failed, ...given.missing]));
    expect(new Set(verdict.inputs)).toEqual(new Set(given.inputs.map((name) => records[name]?.digest)));
  });
});
