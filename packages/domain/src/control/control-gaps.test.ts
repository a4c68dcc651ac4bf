import { describe, expect, it } from 'vitest';
import { controlGaps } from './control-gaps.ts';
import { Control } from './control-register.ts';
import { firstControls } from './first-controls.ts';

const control = (change: object): Control => Control.parse({ ...firstControls[0], owner: 'ada', command: './resolve.sh', ...change });

describe('controlGaps', () => {
  it('names who and what is missing of a control that nobody has looked at', () => {
    const gaps = controlGaps(control({ owner: 'unassigned', command: 'unassigned', state: 'old' }));

    expect(gaps.map((gap) => gap.split(':')[0])).toEqual([
      'nobody owns it',
      'how it runs today is not written down',
      'it is not compared yet',
    ]);
  });

  it.each([
    [{ state: 'parallel' }, 'no run is compared yet'],
    [{ state: 'parallel', comparison: { runs: 10, agreed: 9 } }, '1 of 10 compared runs disagreed'],
    [{ state: 'parallel', comparison: { runs: 10, agreed: 10 } }, 'another person has not reviewed it'],
  ])('says of %j what comes next', (change, gap) => {
    expect(controlGaps(control(change))[0]?.split(':')[0]).toBe(gap);
  });

  it('finds nothing missing once it is equivalent', () => {
    const review = { by: 'grace', at: '2026-11-20T10:00:00Z', evidence: 'INFRA-12' };

    expect(controlGaps(control({ state: 'equivalent', review }))).toEqual([]);
  });
});
