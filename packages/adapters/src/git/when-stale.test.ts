import { expect, it } from 'vitest';
import { whenStale } from './when-stale.ts';

const hour = 3_600_000;

it('does the work where nobody did it so lately, and always where that is not said', async () => {
  let done = 0;
  const work = whenStale(() => {
    done += 1;
    return Promise.resolve();
  });

  await work({ maxAgeMs: hour });
  await work({ maxAgeMs: hour });
  expect(done).toBe(1);
  await work();
  await work({ maxAgeMs: hour });
  expect(done).toBe(2);
});

it('does not count work that failed', async () => {
  let tries = 0;
  const work = whenStale(() => {
    tries += 1;
    return tries === 1 ? Promise.reject(new Error('no answer')) : Promise.resolve();
  });

  await expect(work({ maxAgeMs: hour })).rejects.toThrow('no answer');
  await work({ maxAgeMs: hour });
  expect(tries).toBe(2);
});
