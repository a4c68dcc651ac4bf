import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { assessReadiness } from './assess-readiness.ts';

const Vectors = z.object({
  expected: z.record(
    z.string(),
    z.object({
      release: z.string(),
      revision: z.string(),
      targets: z.array(z.string()),
      requiredPhases: z.array(z.string()),
      approvals: z.int(),
      liveObservationMaxAgeMs: z.int(),
      driftRevokeFrom: z.string(),
    }),
  ),
  records: z.record(
    z.string(),
    z.object({
      digest: z.string(),
      type: z.string(),
      at: z.string(),
      release: z.string().optional(),
      revision: z.string().optional(),
      body: z.record(z.string(), z.json()),
    }),
  ),
  cases: z.array(
    z.object({
      name: z.string(),
      spec: z.string(),
      expected: z.string(),
      records: z.array(z.string()),
      asOf: z.string(),
      verdict: z.string(),
      failed: z.array(z.string()),
      missing: z.array(z.string()),
      inputs: z.array(z.string()),
    }),
  ),
});

const file = new URL('../../../../docs/spec/readiness-vectors.json', import.meta.url);
const { expected, records, cases } = Vectors.parse(JSON.parse(await readFile(file, 'utf8')));

describe('the golden vectors of readiness', () => {
  it.each(cases)('$name', (given) => {
    const meant = expected[given.expected];
    if (meant === undefined) throw new Error(`no expectation ${given.expected}`);
    const list = given.records.map((name) => {
      const record = records[name];
      if (record === undefined) throw new Error(`no record ${name}`);
      return record;
    });
    const nameOf = new Map(Object.entries(records).map(([name, { digest }]) => [digest, name]));

    const { verdict, failed, missing, inputs } = assessReadiness(given.spec, { expected: meant, records: list, asOf: given.asOf });

    expect({ verdict, failed, missing, inputs: inputs.map((digest) => nameOf.get(digest)).sort() }).toEqual({
      verdict: given.verdict,
      failed: given.failed,
      missing: given.missing,
      inputs: given.inputs,
    });
  });

  it('reach every check and code', () => {
    const codes = new Set(cases.flatMap(({ failed, missing }) => [...failed, ...missing]));

    expect(cases.length).toBeGreaterThanOrEqual(60);
    expect(codes.size).toBe(27);
  });
});
