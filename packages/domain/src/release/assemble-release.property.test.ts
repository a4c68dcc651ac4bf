import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assembleRelease, type FragmentFile } from './assemble-release.ts';
import { ReleaseFragment } from './release-fragment.ts';

const names = ['api', 'web', 'worker', 'gateway'] as const;

function fragment(file: string, components: readonly (readonly [name: string, digit: string])[]): FragmentFile {
  return {
    file,
    fragment: ReleaseFragment.parse({
      apiVersion: 'fairlead.dev/v1',
      kind: 'ReleaseFragment',
      metadata: { service: 'pc', version: '1', createdAt: '2026-11-23T10:00:00Z' },
      source: { repository: 'https://git.example.com/pc', commit: 'a'.repeat(40), ref: 'refs/heads/main' },
      components: components.map(([name, digit]) => ({ name, image: { repository: name, digest: `sha256:${digit.repeat(64)}` } })),
    }),
  };
}

const someComponents = fc.uniqueArray(fc.tuple(fc.constantFrom(...names), fc.constantFrom('1', '2')), {
  selector: ([name]) => name,
  minLength: 1,
});

describe('assembling', () => {
  it('makes one release if and only if no component has two digests, whatever the order', () => {
    fc.assert(
      fc.property(
        fc.array(someComponents, { minLength: 1, maxLength: 5 }),
        fc.array(fc.nat(), { minLength: 5, maxLength: 5 }),
        (all, shuffles) => {
          const files = all.map((components, index) => fragment(`${String(index)}.yaml`, components));
          const shuffled = files.map((file, index) => ({ file, key: shuffles[index] ?? 0 })).toSorted((a, b) => a.key - b.key);
          const digests = new Map<string, Set<string>>();
          for (const [name, digit] of all.flat()) digests.set(name, (digests.get(name) ?? new Set<string>()).add(digit));

          const assembled = assembleRelease(files, []);

          expect(assembled.kind).toBe([...digests.values()].every(({ size }) => size === 1) ? 'created' : 'refused');
          expect(
            assembleRelease(
              shuffled.map(({ file }) => file),
              [],
            ),
          ).toEqual(assembled);
        },
      ),
    );
  });
});
