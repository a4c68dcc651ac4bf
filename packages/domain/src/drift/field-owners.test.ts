import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../document/json.ts';
import { attributionOf, lastWriter } from './attribution-of.ts';
import { creatorOf, ownedKeys, ownersOf } from './field-owners.ts';
import type { ElementStep } from './path-step.ts';

const port: ElementStep = { keys: ['containerPort', 'protocol'], element: { containerPort: 8080, protocol: 'TCP' }, live: 0, desired: 0 };

function live(...managedFields: readonly Json[]): JsonObject {
  return { metadata: { managedFields } };
}

const edit = { manager: 'kubectl-edit', operation: 'Update', time: '2026-11-23T15:00:00Z' };

describe('the owners of a place', () => {
  it.each<[string, JsonObject, boolean]>([
    ['by keys as the server writes them', { 'k:{"containerPort":8080,"protocol":"TCP"}': {} }, true],
    ['not of another element', { 'k:{"containerPort":8081,"protocol":"TCP"}': {} }, false],
    ['not where the keys are no JSON', { 'k:{"containerPort"': {}, 'k:7': {} }, false],
  ])('are found %s', (_how, ports, found) => {
    const object = live({ ...edit, fieldsV1: { 'f:spec': { 'f:ports': ports } } });

    expect(ownersOf(object, ['spec', 'ports', port])).toEqual(found ? [{ ...edit, whole: true }] : []);
  });

  it('are found as Go spells letters that JavaScript leaves as they are', () => {
    const [element, text] = [{ name: '<a&b>' }, String.raw`{"name":"\u003ca\u0026b\u003e"}`];
    const object = live({ ...edit, fieldsV1: { 'f:env': { [`k:${text}`]: {} }, 'f:set': { [`v:${text.slice(8, -1)}`]: {} } } });
    const step = { live: 0, desired: 0 };

    expect(ownersOf(object, ['env', { ...step, keys: ['name'], element }])).toHaveLength(1);
    expect(ownersOf(object, ['set', { ...step, keys: 'value', element: element.name }])).toHaveLength(1);
  });

  it('are found in sets by value and in other lists by place', () => {
    const object = live({ ...edit, fieldsV1: { 'f:a': { 'v:"x"': {} }, 'f:b': { 'i:1': {} } } });
    const step = { element: 'x', live: 1, desired: 0 };

    expect(ownersOf(object, ['a', { ...step, keys: 'value' }])).toHaveLength(1);
    expect(ownersOf(object, ['b', { ...step, keys: undefined }])).toHaveLength(1);
    expect(ownersOf(object, ['b', { ...step, keys: undefined, live: 2 }])).toEqual([]);
  });

  it('own the whole, or something in it', () => {
    const object = live({ ...edit, fieldsV1: { 'f:a': { '.': {}, 'f:b': {} }, 'f:c': { 'f:d': {} } } });

    expect([['a'], ['a', 'b'], ['c']].map((steps) => ownersOf(object, steps)[0]?.whole)).toEqual([true, true, false]);
  });

  it.each<[string, JsonObject]>([
    ['no metadata', {}],
    ['metadata of another type', { metadata: 'x' }],
    ['entries of another type', { metadata: { managedFields: { a: 1 } } }],
    ['an entry of another type', live('x', null, 7)],
    ['an entry without fields', live(edit)],
    ['fields of another type', live({ ...edit, fieldsV1: { 'f:a': 'x' } })],
    ['inherited names', live({ ...edit, fieldsV1: {} })],
  ])('are nobody where there is %s', (_what, object) => {
    expect(ownersOf(object, ['a'])).toEqual([]);
    expect(ownersOf(object, ['constructor', '__proto__'])).toEqual([]);
    expect(ownedKeys(object, ['data'])).toEqual([]);
  });

  it('have no time that is none', () => {
    expect(ownersOf(live({ ...edit, time: 'yesterday', fieldsV1: { 'f:a': {} } }), ['a'])).toEqual([
      { manager: 'kubectl-edit', operation: 'Update', whole: true },
    ]);
  });

  it('wrote the object first by the oldest entry', () => {
    const object = live(
      { ...edit, fieldsV1: {} },
      { ...edit, manager: 'helm', time: '2026-11-23T14:00:00Z', fieldsV1: {} },
      { manager: 'x', fieldsV1: {} },
    );

    expect(creatorOf(object)?.manager).toBe('helm');
  });
});

describe('the last writer', () => {
  const at = (manager: string, time?: string) => ({ manager, whole: true, ...(time === undefined ? {} : { time }) });
  const trusted = new Set(['argocd-controller']);

  it.each([
    [[at('a', '2026-11-23T15:00:00Z'), at('b', '2026-11-23T16:00:00Z')], 'b'],
    [[at('kubectl'), at('b', '2026-11-23T16:00:00Z')], 'kubectl'],
    [[at('argocd-controller', '2026-11-23T15:00:00Z'), at('kubectl', '2026-11-23T15:00:00Z')], 'kubectl'],
    [[at('argocd-controller', '2026-11-23T15:00:01Z'), at('kubectl', '2026-11-23T15:00:00Z')], 'argocd-controller'],
    [[], undefined],
  ])('of %j is %s', (owners, manager) => {
    expect(lastWriter(owners, trusted)?.manager).toBe(manager);
  });

  it.each([
    ['2026-11-23T15:00:00Z', '2026-11-23T16:00:00Z', '2026-11-23T15:00:00Z', 'entry'],
    ['2026-11-23T15:00:00Z', '2026-11-23T15:00:00.5Z', '2026-11-23T15:00:00Z', 'entry'],
    ['2026-11-23T17:00:00Z', '2026-11-23T16:00:00Z', '2026-11-23T16:00:00Z', 'first-seen'],
    [undefined, '2026-11-23T16:00:00Z', '2026-11-23T16:00:00Z', 'first-seen'],
  ])('with an entry of %s, first shown at %s, wrote no later than %s', (time, shown, ...[changedAt, changedAtIs]) => {
    expect(attributionOf(at('kubectl', time), shown)).toEqual({ manager: 'kubectl', changedAt, changedAtIs });
  });

  it('that nobody knows leaves the time at which it was shown', () => {
    expect(attributionOf(undefined, 'now')).toEqual({ changedAt: 'now', changedAtIs: 'first-seen' });
  });
});
