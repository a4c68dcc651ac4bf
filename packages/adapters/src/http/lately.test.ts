import { expect, it } from 'vitest';
import { lately } from './lately.ts';

it('asks again only when what it knows is old, and for each key on its own', async () => {
  let at = 0;
  let asked = 0;
  const value = lately<number>(10, () => new Date(at));
  const ask = (key: string): Promise<number> =>
    value(key, () => {
      asked += 1;
      return Promise.resolve(asked);
    });

  expect([await ask('a'), await ask('a'), await ask('b')]).toEqual([1, 1, 2]);
  at = 10;
  expect([await ask('a'), await ask('a')]).toEqual([3, 3]);
});

it('keeps no failure', async () => {
  const value = lately<string>(10, () => new Date(0));

  await expect(value('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(await value('a', () => Promise.resolve('back'))).toBe('back');
});
