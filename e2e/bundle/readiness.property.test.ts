import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import {
  Digest,
  EvidenceType,
  foldReadiness,
  FreeMap,
  type Json,
  type JsonObject,
  type ReadinessRecord,
  type ReadinessSpec,
} from '@fairlead/domain';
import { assessReadiness } from 'fairlead-verify';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const Expected = z.object({
  release: Digest,
  revision: z.string(),
  targets: z.array(z.string()),
  requiredPhases: z.array(z.string()),
  approvals: z.int(),
  liveObservationMaxAgeMs: z.int(),
  driftRevokeFrom: z.enum(['image', 'security', 'config', 'replicas', 'metadata']),
});
const Record = z.object({
  digest: Digest,
  type: EvidenceType,
  at: z.string(),
  release: Digest.exactOptional(),
  revision: z.string().exactOptional(),
  body: FreeMap,
});
const Vectors = z.object({
  expected: z.record(z.string(), Expected),
  records: z.record(z.string(), Record),
  cases: z.array(
    z.object({
      name: z.string(),
      spec: z.enum(['readiness/v0', 'readiness/v1']),
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

const file = new URL('../../docs/spec/readiness-vectors.json', import.meta.url);
const { expected, records, cases } = Vectors.parse(JSON.parse(await readFile(file, 'utf8')));
const pool = Object.values(records);
type Expectation = z.infer<typeof Expected>;

interface Folding {
  readonly spec: ReadinessSpec;
  readonly expected: Expectation;
  readonly records: readonly ReadinessRecord[];
  readonly asOf: string;
}

interface Outcome {
  readonly verdict: string;
  readonly checks: readonly string[];
  readonly codes: readonly string[];
  readonly inputs: readonly string[];
}

const sorted = (items: Iterable<string>): readonly string[] => [...new Set(items)].sort();

function byTheProduct({ spec, expected: meant, records: given, asOf }: Folding): Outcome {
  const verdict = foldReadiness({ spec, expected: meant }, given, new Date(asOf));
  const codes = verdict.kind === 'ready' ? [] : verdict.blockers.map(({ code }) => code);
  return { verdict: verdict.kind, checks: verdict.checks, codes: sorted(codes), inputs: sorted(verdict.inputs) };
}

function byTheVerifier({ spec, expected: meant, records: given, asOf }: Folding): Outcome {
  const { verdict, checks, failed, missing, inputs } = assessReadiness(spec, { expected: meant, records: given, asOf });
  return { verdict, checks, codes: sorted([...failed, ...missing]), inputs: sorted(inputs) };
}

describe('both implementations of readiness', () => {
  it.each(cases)('agree with the golden vector: $name', ({ spec, asOf, ...given }) => {
    const meant = Expected.parse(expected[given.expected]);
    const list = given.records.map((name) => Record.parse(records[name]));
    const inputs = sorted(given.inputs.map((name) => Record.parse(records[name]).digest));

    expect(byTheProduct({ spec, expected: meant, records: list, asOf })).toMatchObject({
      verdict: given.verdict,
      codes: sorted([...given.failed, ...given.missing]),
      inputs,
    });
  });

  it('agree on any records, in any order, at any time', () => {
    const folding = fc.record({
      spec: fc.constantFrom('readiness/v0' as const, 'readiness/v1' as const),
      expected: fc.constantFrom(...Object.values(expected)),
      records: fc.shuffledSubarray(pool),
      asOf: fc
        .date({ min: new Date('2026-01-01T23:00:00Z'), max: new Date('2026-01-03T01:00:00Z'), noInvalidDate: true })
        .map((date) => date.toISOString()),
    });

    fc.assert(
      fc.property(folding, (given) => {
        expect(byTheVerifier(given)).toEqual(byTheProduct(given));
      }),
      { numRuns: 3000 },
    );
  });

  it('agree on records that are almost in order', () => {
    const usual = cases.filter(({ verdict }) => verdict === 'ready');
    const folding = fc
      .tuple(fc.constantFrom(...usual), fc.subarray(pool, { maxLength: 4 }), fc.nat(12), fc.integer({ min: -90_000, max: 90_000 }))
      .map(([given, more, dropped, later]): Folding => {
        const kept = given.records.filter((_, at) => at !== dropped).map((name) => Record.parse(records[name]));
        const list = [...new Map([...kept, ...more].map((record) => [record.digest, record])).values()];
        return {
          spec: given.spec,
          expected: Expected.parse(expected[given.expected]),
          records: list,
          asOf: new Date(Date.parse(given.asOf) + later).toISOString(),
        };
      });

    fc.assert(
      fc.property(folding, (given) => {
        expect(byTheVerifier(given)).toEqual(byTheProduct(given));
      }),
      { numRuns: 3000 },
    );
  });

  it('agree on bodies with any value taken away or made something else', () => {
    const strange = fc.oneof(
      fc.constant(undefined),
      fc.constantFrom(null, '', 'x', 0, 1, true, false, [], {}, ['x'], { kind: 'delivered', reason: '' }),
    );
    const folding = fc.tuple(fc.constantFrom(...cases), fc.nat(15), fc.nat(60), strange).map(([given, which, place, value]): Folding => {
      const list = given.records.map((name, at) => {
        const record = Record.parse(records[name]);
        return at === which ? { ...record, body: FreeMap.parse(changedAt(record.body, { place, value })) } : record;
      });
      return { spec: given.spec, expected: Expected.parse(expected[given.expected]), records: list, asOf: given.asOf };
    });

    fc.assert(
      fc.property(folding, (given) => {
        expect(byTheVerifier(given)).toEqual(byTheProduct(given));
      }),
      { numRuns: 5000 },
    );
  });
});

interface Change {
  /** Counted from the front, parents before children. */
  readonly place: number;
  /** `undefined`: taken away. */
  readonly value: Json | undefined;
}

/** One value, anywhere inside, made another. */
function changedAt(body: JsonObject, { place, value }: Change): JsonObject {
  let left = place % Math.max(1, sizeOf(body));
  const visit = (node: Json): Json | undefined => {
    left -= 1;
    return left === -1 ? value : inside(node);
  };
  const inside = (node: Json): Json => {
    if (isList(node)) return node.map(visit).filter((item) => item !== undefined);
    return typeof node === 'object' && node !== null ? fields(node) : node;
  };
  const fields = (object: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(object).flatMap(([name, item]) => {
        const changed = visit(item);
        return changed === undefined ? [] : [[name, changed]];
      }),
    );
  return fields(body);
}

function sizeOf(value: Json): number {
  const children = isList(value) ? value : typeof value === 'object' && value !== null ? Object.values(value) : [];
  return children.reduce<number>((sum, child) => sum + 1 + sizeOf(child), 0);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
