import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../document/json.ts';
import { compareObject } from './compare-object.ts';
import { confirmItems } from './confirm-items.ts';
import type { DriftItem } from './drift-item.ts';
import { exampleRules, now } from './fixtures/drift-example.ts';
import { object } from './fixtures/single-objects.ts';

const rules = exampleRules({});

function itemsOf(desired: JsonObject, live?: JsonObject): readonly DriftItem[] {
  const found = compareObject(rules, { desired, ...(live === undefined ? {} : { live }), managed: true }, now);
  return found.map((finding) => ({ ...finding, target: rules.target, firstSeen: now, lastSeen: now }));
}

const said = (items: readonly DriftItem[]) =>
  items.map(({ path, confirmation, ignoredBy }) => [path, confirmation?.verdict, ignoredBy].filter((word) => word !== undefined));

const desired = object('v1', 'ConfigMap', { data: { mode: 'A', level: 'info' } });
const live = object('v1', 'ConfigMap', { data: { mode: 'a', level: 'debug', extra: 'x' } });

describe('what an API server makes of what is declared', () => {
  it('confirms a field that it would change, and refutes one that it would leave', () => {
    // Its admission writes modes small.
    const answer = { kind: 'applied', object: object('v1', 'ConfigMap', { data: { mode: 'a', level: 'info', extra: 'x' } }) } as const;

    const items = confirmItems(rules, { items: itemsOf(desired, live), live, answer }, now);

    expect(said(items).toSorted()).toEqual([
      ['/data/extra'],
      ['/data/level', 'confirmed'],
      ['/data/mode', 'refuted', 'server-side dry run'],
    ]);
  });

  it('confirms an object that it would make', () => {
    const items = confirmItems(rules, { items: itemsOf(desired), live: undefined, answer: { kind: 'applied', object: desired } }, now);

    expect(said(items)).toEqual([['', 'confirmed']]);
  });

  it('says nothing where it refuses: the difference counts as before, with the reason', () => {
    const items = confirmItems(rules, { items: itemsOf(desired, live), live, answer: { kind: 'refused', reason: 'immutable' } }, now);

    expect(said(items).toSorted()).toEqual([['/data/extra'], ['/data/level', 'unanswered'], ['/data/mode', 'unanswered']]);
    expect(items.find(({ path }) => path === '/data/mode')?.confirmation).toEqual({ verdict: 'unanswered', reason: 'immutable' });
  });
});
