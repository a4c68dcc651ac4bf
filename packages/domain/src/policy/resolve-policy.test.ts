import { describe, expect, it } from 'vitest';
import { readPolicy, type Policy } from './policy.ts';
import { resolvePolicy } from './resolve-policy.ts';
import { builtInPolicy } from './resolved-policy.ts';

function policy(name: string, spec: string): Policy {
  const parsed = readPolicy(`apiVersion: fairlead.dev/v1\nkind: Policy\nmetadata: { name: ${name} }\nspec: ${spec}\n`, `${name}.yaml`);
  if (parsed.kind !== 'ok') throw new Error(JSON.stringify(parsed.problems));
  return parsed.value;
}

const everything = `{ approvals: { dev: { count: 1, groups: [a] }, staging: { count: 2, groups: [b] }, production: { count: 3, groups: [c, d] } },
  liveObservationMaxAge: 1s, statusMaxAge: 2s, syncTimeout: 3m, validationValidFor: 4h, migrationEvidenceMaxAge: 5d,
  drift: { revokeFrom: image, correctWithin: 7m, ignore: [{ name: i, reason: r, objects: {}, managers: [m] }], mutations: [{ name: m, reason: r, objects: { kind: Pod }, path: /spec, value: { a: [1, true] } }] }, exceptions: { maxDuration: 6d }, breakGlass: { maxDuration: 1h, secondPersonWithin: 2m, reviewWithin: 3h } }`;

describe('the policy that holds', () => {
  it('is the built-in one without documents', () => {
    expect(resolvePolicy([])).toEqual({ kind: 'resolved', policy: builtInPolicy });
    expect(builtInPolicy).toMatchObject({
      approvals: { dev: { count: 0 }, staging: { count: 1, groups: ['approvers'] }, production: { count: 2, groups: ['approvers'] } },
      liveObservationMaxAgeMs: 60_000,
      statusMaxAgeMs: 360_000,
      syncTimeoutMs: 600_000,
      validationValidForMs: 86_400_000,
      migrationEvidenceMaxAgeMs: 604_800_000,
      breakGlass: { maxDurationMs: 14_400_000, secondPersonWithinMs: 3_600_000, reviewWithinMs: 172_800_000 },
    });
  });

  it('is what documents say, setting by setting', () => {
    expect(resolvePolicy([policy('all', everything)])).toEqual({
      kind: 'resolved',
      policy: {
        approvals: { dev: { count: 1, groups: ['a'] }, staging: { count: 2, groups: ['b'] }, production: { count: 3, groups: ['c', 'd'] } },
        liveObservationMaxAgeMs: 1_000,
        statusMaxAgeMs: 2_000,
        syncTimeoutMs: 180_000,
        validationValidForMs: 14_400_000,
        migrationEvidenceMaxAgeMs: 432_000_000,
        drift: {
          revokeFrom: 'image',
          correctWithinMs: 420_000,
          ignore: [{ name: 'i', reason: 'r', objects: {}, managers: ['m'] }],
          mutations: [{ name: 'm', reason: 'r', objects: { kind: 'Pod' }, path: '/spec', value: { a: [1, true] } }],
        },
        exceptions: { maxDurationMs: 518_400_000 },
        breakGlass: { maxDurationMs: 3_600_000, secondPersonWithinMs: 120_000, reviewWithinMs: 10_800_000 },
      },
    });
  });

  it('is put together from several documents', () => {
    const resolved = resolvePolicy([policy('a', '{ approvals: { staging: { count: 2 } } }'), policy('b', '{ syncTimeout: 1m }')]);

    expect(resolved).toEqual({
      kind: 'resolved',
      policy: {
        ...builtInPolicy,
        approvals: { ...builtInPolicy.approvals, staging: { count: 2, groups: ['approvers'] } },
        syncTimeoutMs: 60_000,
      },
    });
  });

  it('exempts from drift what any document exempts, and says where two mean different things by one name', () => {
    const ignore = (name: string, reason: string) =>
      `{ drift: { ignore: [{ name: ${name}, reason: ${reason}, objects: { kind: Deployment }, paths: [/spec/replicas] }] } }`;
    const rule = (name: string, reason: string) => ({ name, reason, objects: { kind: 'Deployment' }, paths: ['/spec/replicas'] });

    expect(
      resolvePolicy([policy('a', ignore('y', 'one')), policy('b', ignore('x', 'two')), policy('c', ignore('y', 'one'))]),
    ).toMatchObject({
      policy: { drift: { ignore: [rule('x', 'two'), rule('y', 'one')], mutations: [] } },
    });
    expect(resolvePolicy([policy('a', ignore('y', 'one')), policy('b', ignore('y', 'two'))])).toEqual({
      kind: 'conflict',
      conflicts: [{ field: 'drift.ignore[y]', policies: ['a', 'b'] }],
    });
  });

  it('is none where documents disagree, in any order', () => {
    const documents = [policy('a', '{ syncTimeout: 1m, statusMaxAge: 5m }'), policy('b', '{ syncTimeout: 2m, statusMaxAge: 5m }')];

    expect(resolvePolicy(documents)).toEqual({ kind: 'conflict', conflicts: [{ field: 'syncTimeout', policies: ['a', 'b'] }] });
    expect(resolvePolicy(documents.toReversed())).toEqual({
      kind: 'conflict',
      conflicts: [{ field: 'syncTimeout', policies: ['b', 'a'] }],
    });
  });
});

describe('a policy document', () => {
  it.each([
    ['{ syncTimeout: 10 }', 'spec.syncTimeout: expected a duration such as 10s, 5m, 24h or 7d, found "10"'],
    ['{ syncTimeout: 0s }', 'spec.syncTimeout: expected a duration such as 10s, 5m, 24h or 7d, found "0s"'],
    ['{ approvals: { prod: { count: 1 } } }', 'spec.approvals.prod is no field of this document'],
    ['{ approvals: { dev: { count: -1 } } }', 'spec.approvals.dev.count: expected 0 or more, found -1'],
    ['{ approvals: { dev: { groups: [a] } } }', 'spec.approvals.dev.count is missing'],
    ['{ approvals: { dev: { count: 1, groups: [a, a] } } }', 'spec.approvals.dev.groups[1]: group "a" is given twice'],
    [
      '{ drift: { ignore: [{ name: a, reason: b, objects: {} }] } }',
      'spec.drift.ignore[0]: names neither paths nor managers: it would ignore whole objects',
    ],
    ['{ drift: { ignore: [{ name: a, objects: {}, managers: [b] }] } }', 'spec.drift.ignore[0].reason is missing'],
    [
      '{ drift: { mutations: [{ name: a, reason: b, objects: {}, path: spec }] } }',
      'spec.drift.mutations[0].path: expected a path as drift shows it: /spec/template/spec/containers/[name=web]/resources, * stands for any one step, found "spec"',
    ],
    ['{ drift: { revokeFrom: labels } }', 'spec.drift.revokeFrom: expected image, security, config, replicas or metadata, found "labels"'],
  ])('with %s is refused', (spec, message) => {
    const parsed = readPolicy(`apiVersion: fairlead.dev/v1\nkind: Policy\nmetadata: { name: a }\nspec: ${spec}\n`, 'a.yaml');

    expect(parsed).toMatchObject({ kind: 'invalid', problems: [{ message, line: 4 }] });
  });
});
