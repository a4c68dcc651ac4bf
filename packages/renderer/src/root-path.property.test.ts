import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rootPath } from './root-path.ts';

const text = fc.array(fc.constantFrom('..', '.', '', 'a', 'b', '..a')).map((segments) => segments.join('/'));

it('answers a path without a step up, and the same for that path again', () => {
  fc.assert(
    fc.property(text, (path) => {
      const resolved = rootPath(path);
      if (resolved.kind !== 'inside') return;
      expect(resolved.path.split('/')).not.toContain('..');
      expect(rootPath(resolved.path)).toEqual(resolved);
    }),
  );
});
