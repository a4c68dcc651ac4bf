import { describe, expect, it } from 'vitest';

import { Waker } from './waker.ts';

describe('a waker', () => {
  it('is awake at first, and after a ring that nobody heard', async () => {
    const waker = new Waker();
    await waker.sleep(undefined);

    waker.ring();

    await expect(waker.sleep(undefined)).resolves.toBeUndefined();
  });

  it('ends a sleep by a ring', async () => {
    const waker = new Waker();
    await waker.sleep(undefined);
    const asleep = waker.sleep(undefined);

    waker.ring();

    await expect(asleep).resolves.toBeUndefined();
  });

  it('does not take a sleep of years for none', async () => {
    const waker = new Waker();
    await waker.sleep(undefined);
    const asleep = waker.sleep(Number.MAX_SAFE_INTEGER).then(() => 'awake');

    const first = await Promise.race([asleep, new Promise((resolve) => setTimeout(resolve, 5, 'asleep'))]);

    expect(first).toBe('asleep');
    waker.ring();
    await asleep;
  });
});
