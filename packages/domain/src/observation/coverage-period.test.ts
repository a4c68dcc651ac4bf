import { describe, expect, it } from 'vitest';
import { beginCoverage, extendCoverage, nextCoverage, type CoveragePeriod, type CoverageSample } from './coverage-period.ts';

const time = (minute: number, second = 0): string => new Date(Date.UTC(2026, 10, 23, 12, minute, second)).toISOString();
const seen = (minute: number): CoverageSample => ({ at: time(minute), freshAt: time(minute), gaps: [] });
const silent = (minute: number, since: number): CoverageSample => ({ at: time(minute), freshAt: time(since), gaps: [] });
const fold = (from: CoveragePeriod, samples: readonly CoverageSample[]): CoveragePeriod => samples.reduce(extendCoverage, from);
const pods = { group: '', version: 'v1', kind: 'Pod', namespace: 'shop', reason: 'forbidden', since: time(0) };

describe('the coverage of a period', () => {
  it('names nothing where everything was seen all the time', () => {
    expect(fold(beginCoverage(time(0), undefined), [seen(1), seen(2), seen(3)])).toEqual({
      ...{ since: time(0), until: time(3) },
      ...{ unobserved: [], gaps: [] },
    });
  });

  it('names a silence from when it was last heard of to when it was heard of again', () => {
    const { unobserved } = fold(beginCoverage(time(0), undefined), [seen(1), silent(2, 1), silent(3, 1), seen(4), silent(6, 5)]);

    expect(unobserved).toEqual([
      { from: time(1), to: time(3), reason: 'nothing was heard of it' },
      { from: time(5), to: time(6), reason: 'nothing was heard of it' },
    ]);
  });

  it('does not call a look that comes a little late a silence', () => {
    const late: CoverageSample = { at: time(1, 15), freshAt: time(1), gaps: [] };

    expect(fold(beginCoverage(time(0), undefined), [seen(1), late]).unobserved).toEqual([]);
  });

  it('says why there was nothing to compare, and that a target was never looked at', () => {
    const begun = beginCoverage(time(0), undefined);
    const never: CoverageSample = { at: time(1), gaps: [] };

    expect(extendCoverage(begun, never).unobserved).toEqual([{ from: time(0), to: time(1), reason: 'never looked at' }]);
    expect(extendCoverage(begun, { ...seen(1), problem: 'commit x does not render' }).unobserved).toEqual([
      { from: time(0), to: time(1), reason: 'commit x does not render' },
    ]);
  });

  it('begins where the account before ended, and calls what lies between unobserved', () => {
    const begun = beginCoverage(time(30), { until: time(10), reason: 'no server watched' });

    expect(fold(begun, [seen(31)])).toMatchObject({
      since: time(10),
      unobserved: [{ from: time(10), to: time(30), reason: 'no server watched' }],
    });
    expect(beginCoverage(time(30), { until: time(31), reason: 'no server watched' }).unobserved).toEqual([]);
  });

  it('names a kind that could not be seen for as long as it could not', () => {
    const { gaps } = fold(beginCoverage(time(0), undefined), [
      seen(1),
      { ...seen(2), gaps: [pods] },
      { ...seen(3), gaps: [pods] },
      seen(4),
      { ...seen(5), gaps: [{ ...pods, reason: 'gone' }] },
    ]);

    expect(gaps).toEqual([
      { group: '', kind: 'Pod', namespace: 'shop', from: time(1), to: time(3), reason: 'forbidden' },
      { group: '', kind: 'Pod', namespace: 'shop', from: time(4), to: time(5), reason: 'gone' },
    ]);
  });

  it('goes on without a hole in the next period', () => {
    const whole = fold(beginCoverage(time(0), undefined), [seen(1)]);

    expect(nextCoverage(whole)).toEqual({ since: time(1), until: time(1), unobserved: [], gaps: [] });
    expect(extendCoverage(nextCoverage(whole), seen(1))).toEqual(nextCoverage(whole));
  });

  it('stays small where a target comes and goes all the time', () => {
    const samples = Array.from({ length: 400 }, (_, n): CoverageSample[] => [seen(2 * n + 1), silent(2 * n + 2, 2 * n + 1)]).flat();
    const { unobserved, until } = fold(beginCoverage(time(0), undefined), samples);

    expect(unobserved.length).toBeLessThanOrEqual(100);
    expect(unobserved.at(-1)?.to).toBe(until);
  });
});
