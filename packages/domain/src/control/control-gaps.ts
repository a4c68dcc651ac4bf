import type { Control } from './control-register.ts';
import { unassigned } from './first-controls.ts';

/** What stands between a control and the state `equivalent`, as sentences without a full stop; none where it is there. */
export function controlGaps({ state, owner, command, comparison }: Control): readonly string[] {
  if (state === 'equivalent' || state === 'retired') return [];
  return [
    ...(owner === unassigned ? ['nobody owns it: give it an owner'] : []),
    ...(command === undefined || command === unassigned ? ['how it runs today is not written down: give its command'] : []),
    ...(state === 'old' ? ['it is not compared yet: run both and set state: parallel'] : comparisonGaps(comparison)),
  ];
}

function comparisonGaps(comparison: Control['comparison']): readonly string[] {
  if (comparison === undefined || comparison.runs === 0) return ['no run is compared yet: keep count under comparison'];
  const { runs, agreed } = comparison;
  if (agreed < runs) return [`${String(runs - agreed)} of ${String(runs)} compared runs disagreed: find out why`];
  return ['another person has not reviewed it: write the review, and set state: equivalent'];
}
