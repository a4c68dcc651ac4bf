import type { JsonObject } from '@fairlead/domain';
import { afterAll, describe, expect, it } from 'vitest';
import { threadEvaluator } from './thread-evaluator.ts';

const evaluator = threadEvaluator({ timeoutMs: 20_000 });
afterAll(() => evaluator[Symbol.asyncDispose]());

const objects: readonly JsonObject[] = [
  { kind: 'Deployment', metadata: { name: 'api' }, spec: { replicas: 3, ratio: 0.5 } },
  { kind: 'ConfigMap', metadata: { name: 'settings' } },
];
const context = { environment: { tier: 'production' }, release: { version: '1.2.0' }, params: { minCount: 3 } };

async function judged(cel: string): Promise<unknown> {
  const [verdict] = await evaluator.judge({ constraints: [{ id: 'it', cel }], objects, context });
  return verdict;
}

describe('a constraint', () => {
  it.each([
    ['of each object', "object.kind != 'Deployment' || object.spec.replicas >= 3"],
    ['of all together', "objects.exists(each, each.kind == 'ConfigMap')"],
    ['of parameters', 'params.minCount == 3'],
    ['of a release', "release.version.startsWith('1.') && environment.tier == 'production'"],
    ['of fractions', "object.kind != 'Deployment' || object.spec.ratio < 0.6"],
    ['of what may be absent', 'object.?spec.?replicas.orValue(3) == 3'],
  ])('%s holds', async (_what, cel) => {
    expect(await judged(cel)).toEqual({ id: 'it', kind: 'judged', failures: [] });
  });

  it('names the object that it does not hold for', async () => {
    expect(await judged("object.kind != 'Deployment' || object.spec.replicas >= params.minCount + 1")).toEqual({
      id: 'it',
      kind: 'judged',
      failures: [{ object: 0 }],
    });
  });

  it('names the object that it has no answer for, and where in the expression', async () => {
    expect(await judged('object.spec.replicas >= 3')).toEqual({
      id: 'it',
      kind: 'judged',
      failures: [{ object: 1, error: 'no such key: spec', offset: 7 }],
    });
  });

  it.each([
    ['that ends early', 'object.kind ==', { offset: 14 }],
    ['of an unknown name', '1 == 1 && objekt.kind == "a"', { message: 'unknown variable: objekt', offset: 10 }],
    ['of types that do not fit', '"a" + 1 == 2', { message: 'no such overload: string + int', offset: 0 }],
    ['that is no condition', '1 + 1', { message: 'gives int, expected bool' }],
    ['that is nested without end', `${'('.repeat(500)}true${')'.repeat(500)}`, {}],
  ])('%s is unusable', async (_what, cel, said) => {
    expect(await judged(cel)).toMatchObject({ id: 'it', kind: 'unusable', ...said });
  });

  it('reaches nothing but what it is given', async () => {
    expect(await judged("object.constructor == 'x'")).toMatchObject({
      failures: [{ error: 'no such key: constructor' }, { error: 'no such key: constructor' }],
    });
  });

  it('that never ends is ended, and those after it are judged', async () => {
    const many = Array.from({ length: 2_000 }, (_, index): JsonObject => ({ kind: `Kind${String(index)}` }));
    await using impatient = threadEvaluator({ timeoutMs: 1_000 });
    const constraints = [
      { id: 'endless', cel: 'objects.all(a, objects.all(b, objects.all(c, a.kind != "" && b.kind != "" && c.kind != "")))' },
      { id: 'endless-match', cel: `'${'a'.repeat(60)}!'.matches('^(a+)+$')` },
    ];

    const verdicts = await impatient.judge({ constraints, objects: many, context });
    const after = await evaluator.judge({ constraints: [{ id: 'after', cel: 'true' }], objects: many, context });

    expect(verdicts).toEqual([
      { id: 'endless', kind: 'exhausted', limit: '1 s' },
      { id: 'endless-match', kind: 'exhausted', limit: '1 s' },
    ]);
    expect(after).toEqual([{ id: 'after', kind: 'judged', failures: [] }]);
  });
});

describe('a schema', () => {
  const schema = {
    type: 'object',
    required: ['size'],
    additionalProperties: false,
    properties: { size: { enum: ['small', 'large'] }, count: { type: 'integer', default: 2 } },
  };

  it('gives the value with its defaults', async () => {
    expect(await evaluator.validate(schema, { size: 'small' })).toEqual({ kind: 'valid', value: { size: 'small', count: 2 } });
  });

  it('says everything that is wrong at once, and where', async () => {
    expect(await evaluator.validate(schema, { count: 'x', colour: 1 })).toEqual({
      kind: 'invalid',
      faults: [
        { pointer: '', message: 'size is missing' },
        { pointer: '/colour', message: 'is not in the schema' },
        { pointer: '/count', message: 'must be integer' },
      ],
    });
  });

  it.each([
    ['a type that there is not', { type: 'objekt' }, /^schema\/type must be equal to one of the allowed values/],
    ['a keyword that there is not', { requird: ['a'] }, /unknown keyword: "requird"/],
    ['a reference to elsewhere', { $ref: 'https://example.com/a.json' }, /refers to https:\/\/example\.com\/a\.json.*nothing is fetched/],
    ['another dialect', { $schema: 'http://json-schema.org/draft-04/schema#' }, /expected JSON Schema draft 2020-12/],
  ])('with %s is unusable', async (_what, wrong, message) => {
    const verdict = await evaluator.validate(wrong, {});

    expect(verdict.kind === 'unusable' && verdict.message).toMatch(message);
  });

  it('whose pattern never ends is ended', async () => {
    await using impatient = threadEvaluator({ timeoutMs: 1_000 });

    const verdict = await impatient.validate({ properties: { name: { pattern: '^(a+)+$' } } }, { name: `${'a'.repeat(60)}!` });

    expect(verdict).toEqual({ kind: 'exhausted', limit: '1 s' });
  });
});
