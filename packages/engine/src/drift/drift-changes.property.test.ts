import { DriftId, type DriftItem, type Json } from '@fairlead/domain';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { followedBy, itemsAfter, noChanges } from './drift-changes.ts';
import type { DriftChanges } from './target-comparison.ts';

/** One comparison: which of a few differences are there after it, and with what value. */
const comparison = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('1', '2'));

it('however many comparisons come before a write, it leaves what the last one saw, and names each difference once', () => {
  fc.assert(
    fc.property(comparison, fc.array(comparison, { minLength: 1, maxLength: 6 }), (before, comparisons) => {
      let open = before;
      let unwritten = noChanges;
      for (const next of comparisons) {
        unwritten = followedBy(unwritten, changesBetween(open, next));
        open = next;
      }
      const items = itemsAfter(unwritten);
      const stored = new Map<string, Json | undefined>(Object.entries(before));
      for (const item of items) {
        if (item.resolvedAt === undefined) stored.set(item.path, item.live);
        else stored.delete(item.path);
      }

      expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
      expect(Object.fromEntries(stored)).toEqual({ ...open });
    }),
  );
});

type Open = Readonly<Record<string, string>>;

function changesBetween(before: Open, after: Open): DriftChanges {
  const [was, is] = [Object.entries(before), Object.entries(after)];
  return {
    opened: is.filter(([path]) => !Object.hasOwn(before, path)).map(([path, live]) => item(path, live)),
    changed: is.filter(([path, live]) => Object.hasOwn(before, path) && before[path] !== live).map(([path, live]) => item(path, live)),
    resolved: was.filter(([path]) => !Object.hasOwn(after, path)).map(([path, live]) => ({ ...item(path, live), resolvedAt: at })),
  };
}

const at = '2026-11-24T00:00:00.000Z';

function item(path: string, live: string): DriftItem {
  return {
    id: DriftId.parse(`d-${path.repeat(32)}`),
    class: 'changed',
    severity: 'config',
    object: { group: '', version: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'settings' },
    path,
    live,
    by: {},
    target: 'main/argocd/shop',
    firstSeen: at,
    lastSeen: at,
  };
}
