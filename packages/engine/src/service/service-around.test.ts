import { describe, expect, it } from 'vitest';
import { memoryTree } from '../testing/memory-tree.ts';
import { serviceAround } from './service-around.ts';

describe('serviceAround', () => {
  const files = memoryTree({
    'shop/.fairlead/service.yaml': '',
    'shop/part/.fairlead/service.yaml': '',
    'shop/part/a/b.yaml': '',
    'other/c.yaml': '',
  });

  it.each([
    ['shop', 'shop'],
    ['shop/environments/dev', 'shop'],
    ['shop/part/a', 'shop/part'],
  ])('of %s is %s', async (path, root) => {
    expect(await serviceAround(files, path)).toMatchObject({ root });
  });

  it('is nothing outside of every root', async () => {
    expect(await serviceAround(files, 'other')).toBeUndefined();
    expect(await serviceAround(files, '')).toBeUndefined();
  });
});
