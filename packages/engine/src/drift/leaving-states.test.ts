import { digestOf } from '@fairlead/domain';
import { describe, expect, it } from 'vitest';
import { LeavingStates } from './leaving-states.ts';
import type { DesiredImages } from './rollout-images.ts';

const state = (name: string): DesiredImages => ({
  desired: { commit: 'working-tree', digest: digestOf(name), objects: new Map() },
  images: {},
});
const [first, second, third] = [state('first'), state('second'), state('third')];
const minutes = 60_000;

function digests(states: readonly DesiredImages[]): readonly string[] {
  return states.map(({ desired }) => desired.digest);
}

describe('what is leaving', () => {
  it('is nothing before anything else was delivered', () => {
    const leaving = new LeavingStates();

    expect(leaving.beside(first, 0)).toEqual([]);
    expect(leaving.beside(state('first'), minutes)).toEqual([]);
  });

  it('is what was delivered before, for as long as a rollout may take', () => {
    const leaving = new LeavingStates();
    leaving.beside(first, 0);

    expect(digests(leaving.beside(second, 60 * minutes))).toEqual([first.desired.digest]);
    expect(digests(leaving.beside(third, 65 * minutes))).toEqual([first.desired.digest, second.desired.digest]);
    expect(digests(leaving.beside(third, 70 * minutes))).toEqual([second.desired.digest]);
    expect(leaving.beside(third, 75 * minutes)).toEqual([]);
  });

  it('is not what came back', () => {
    const leaving = new LeavingStates();
    leaving.beside(first, 0);
    leaving.beside(second, minutes);

    expect(digests(leaving.beside(first, 2 * minutes))).toEqual([second.desired.digest]);
  });

  it('is bounded, however often something is delivered', () => {
    const leaving = new LeavingStates();
    for (let n = 0; n < 50; n += 1) leaving.beside(state(String(n)), n);

    expect(leaving.beside(first, 50)).toHaveLength(5);
  });
});
