import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../document/json.ts';
import { argoCdIgnoreRules } from './argocd-ignore-rules.ts';
import { compareObject } from './compare-object.ts';
import type { DriftSettings } from './drift-rules.ts';
import { exampleRules, now } from './fixtures/drift-example.ts';
import { fluxIgnoreRules } from './flux-ignore-rules.ts';
import { readJqPath } from './read-jq-path.ts';
import { readPathPattern } from './read-path-pattern.ts';

const desired = workload([{ name: 'web', image: 'web:1', args: ['a', 'b'] }], 1);
const live = workload(
  [
    { name: 'mesh', image: 'mesh:1' },
    { name: 'web', image: 'web:2', args: ['a', 'c'] },
  ],
  3,
);

function workload(containers: readonly Json[], replicas: number): JsonObject {
  const metadata = {
    name: 'web',
    namespace: 'shop-dev',
    managedFields: [{ manager: 'mesh', fieldsV1: { 'f:spec': { 'f:replicas': {} } } }],
  };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { replicas, template: { spec: { containers } } } };
}

const all = { replicas: '/spec/replicas', mesh: '[name=mesh]', image: 'image', args: 'args' } as const;

/** What of the four differences the rules leave. */
function left(settings: Partial<DriftSettings>): readonly string[] {
  const findings = compareObject(exampleRules(settings), { desired, live, managed: true }, now);
  expect(findings).toHaveLength(4);
  return findings.flatMap(({ path, ignoredBy }) =>
    ignoredBy === undefined ? [Object.entries(all).find(([, end]) => path.endsWith(end))?.[0] ?? path] : [],
  );
}

const containers = '.spec.template.spec.containers';

describe("Argo CD's ignoreDifferences", () => {
  it.each<[JsonObject, readonly string[]]>([
    [{ group: 'apps', kind: 'Deployment', jsonPointers: ['/spec/replicas'] }, ['mesh', 'image', 'args']],
    [{ group: '*', kind: '*', jsonPointers: ['/spec/replicas'] }, ['mesh', 'image', 'args']],
    [{ group: 'apps', kind: 'Deploy*', name: 'web', namespace: 'shop-dev', jsonPointers: ['/spec'] }, []],
    [{ kind: 'Deployment', jsonPointers: ['/spec/replicas'] }, ['replicas', 'mesh', 'image', 'args']],
    [{ group: 'apps', kind: 'Deployment', name: 'other', jsonPointers: ['/spec'] }, ['replicas', 'mesh', 'image', 'args']],
    [{ group: 'apps', kind: 'Deployment', jsonPointers: ['/spec/template/spec/containers/1/image'] }, ['replicas', 'mesh', 'args']],
    [{ group: 'apps', kind: 'Deployment', jsonPointers: ['/spec/template/spec/containers/1/args/1'] }, ['replicas', 'mesh', 'image']],
    [
      { group: 'apps', kind: 'Deployment', jsonPointers: ['/spec/template/spec/containers/1/args/0'] },
      ['replicas', 'mesh', 'image', 'args'],
    ],
    [{ group: 'apps', kind: 'Deployment', jqPathExpressions: [`${containers}[].image`] }, ['replicas', 'mesh', 'args']],
    [
      { group: 'apps', kind: 'Deployment', jqPathExpressions: [`${containers}[] | select(.name == "mesh")`] },
      ['replicas', 'image', 'args'],
    ],
    [{ group: 'apps', kind: 'Deployment', managedFieldsManagers: ['mesh'] }, ['mesh', 'image', 'args']],
  ])('%j leaves %j', (rule, expected) => {
    const { rules: ignore, problems } = argoCdIgnoreRules([rule]);

    expect(problems).toEqual([]);
    expect(left({ ignore })).toEqual(expect.arrayContaining([...expected]));
    expect(left({ ignore })).toHaveLength(expected.length);
  });

  it.each<[Json, string]>([
    [{ kind: 'X', jqPathExpressions: ['.a | map(.b)'] }, 'jq expression .a | map(.b) is not supported'],
    [{ kind: 'X', jsonPointers: ['spec'] }, 'JSON pointer spec is not supported'],
    [{ jsonPointers: ['/spec'] }, 'expected a kind, and lists of texts'],
    ['all', 'expected a kind, and lists of texts'],
  ])('%j ignores nothing and is said', (rule, message) => {
    expect(argoCdIgnoreRules([rule])).toEqual({ rules: [], problems: [{ rule: 'argocd ignoreDifferences[0]', message }] });
  });

  it('that is no list is said', () => {
    expect(argoCdIgnoreRules({}).problems).toHaveLength(1);
    expect(argoCdIgnoreRules(undefined)).toEqual({ rules: [], problems: [] });
  });
});

describe("Flux's ignore", () => {
  it.each<[JsonObject, readonly string[]]>([
    [{ paths: ['/spec/replicas'] }, ['mesh', 'image', 'args']],
    [{ paths: ['/spec/replicas'], target: { kind: 'Deployment|StatefulSet', name: '^we.$' } }, ['mesh', 'image', 'args']],
    [
      { paths: ['/spec/replicas'], target: { kind: 'Deployment', name: 'w.+', namespace: 'shop\\-dev', group: 'apps' } },
      ['mesh', 'image', 'args'],
    ],
    [{ paths: ['/spec/replicas'], target: { kind: 'Deploy' } }, ['replicas', 'mesh', 'image', 'args']],
  ])('%j leaves %j', (rule, expected) => {
    const { rules: ignore, problems } = fluxIgnoreRules([rule]);

    expect(problems).toEqual([]);
    expect(left({ ignore }).toSorted()).toEqual([...expected].toSorted());
  });

  it.each<[Json, string]>([
    [{ paths: ['/a'], target: { name: '(a+)+' } }, 'name (a+)+ is not supported'],
    [{ paths: ['/a'], target: { labelSelector: 'a=b' } }, 'selector a=b is not supported'],
    [{ paths: ['a'] }, 'JSON pointer a is not supported'],
    [{}, 'expected a list of paths, and a target'],
  ])('%j ignores nothing and is said', (rule, message) => {
    expect(fluxIgnoreRules([rule])).toEqual({ rules: [], problems: [{ rule: 'flux ignore[0]', message }] });
  });
});

it("follows no target of Flux's whose alternatives go with each other without end", () => {
  const many = Array.from({ length: 1000 }, (_, index) => `a${String(index)}`).join('|');
  const { rules, problems } = fluxIgnoreRules([{ paths: ['/a'], target: { group: many, kind: many, namespace: many, name: many } }]);

  expect(rules).toEqual([]);
  expect(problems).toEqual([{ rule: 'flux ignore[0]', message: 'a target of more than 1000 alternatives is not supported' }]);
});

describe('a declared mutation', () => {
  const object = { kind: 'Deployment' };
  const path = (text: string) => readPathPattern(text) ?? [];

  it.each([
    [
      'every one of its kind',
      { name: 'm', object, path: path('/spec/template/spec/containers/[name=mesh]') },
      ['replicas', 'image', 'args'],
    ],
    ['one of its value', { name: 'm', object, path: path('/spec/replicas'), value: 3 }, ['mesh', 'image', 'args']],
    ['none of another value', { name: 'm', object, path: path('/spec/replicas'), value: 4 }, ['replicas', 'mesh', 'image', 'args']],
    ['one of its manager', { name: 'm', object, path: path('/spec/replicas'), manager: 'mesh' }, ['mesh', 'image', 'args']],
    ['none of another manager', { name: 'm', object, path: path('/spec/replicas'), manager: 'x' }, ['replicas', 'mesh', 'image', 'args']],
    ['any element', { name: 'm', object, path: path('/spec/template/spec/containers/*/image') }, ['replicas', 'mesh', 'args']],
  ])('explains %s', (_what, mutation, expected) => {
    expect(left({ declared: [mutation] }).toSorted()).toEqual([...expected].toSorted());
  });
});

it.each([
  ['.a.b', '[{"kind":"field","name":"a"},{"kind":"field","name":"b"}]'],
  ['.a["x/y"]?.c[0]', '[{"kind":"field","name":"a"},{"kind":"field","name":"x/y"},{"kind":"field","name":"c"},{"kind":"index","index":0}]'],
  ['."a\\"b"', '[{"kind":"field","name":"a\\"b"}]'],
  ['.a | .b', '[{"kind":"field","name":"a"},{"kind":"field","name":"b"}]'],
  [
    '.a[] | select(.b.c == 7).d',
    '[{"kind":"field","name":"a"},{"kind":"element","where":[{"field":["b","c"],"text":"7"}]},{"kind":"field","name":"d"}]',
  ],
  ['.a | select(.b == "x")', undefined],
  ['..', undefined],
  ['.', undefined],
  ['', undefined],
  ['.a // .b', undefined],
])('reads the jq path %s', (expression, pattern) => {
  expect(JSON.stringify(readJqPath(expression))).toBe(pattern);
});
