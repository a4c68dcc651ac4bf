import type { JsonObject } from '../document/json.ts';
import { compareObject } from './compare-object.ts';
import type { DryApplied } from './confirmation.ts';
import type { DriftItem } from './drift-item.ts';
import type { DriftRules } from './drift-rules.ts';

/** As `ignoredBy` of what the API server refutes: it is shown and counted, and counts for nothing. */
export const refutedByDryRun = 'server-side dry run';

/** Whether applying what is declared can say anything about it: what nobody declared, it leaves alone. */
export function isConfirmable({ class: how, object }: Pick<DriftItem, 'class' | 'object'>): boolean {
  return (how === 'changed' || how === 'missing') && !(object.group === '' && object.kind === 'Secret');
}

interface Answered {
  readonly items: readonly DriftItem[];
  readonly live: JsonObject | undefined;
  readonly answer: DryApplied;
}

/** The differences of one object, with what the API server made of it held against them. Where that is what there is, it was only spelled otherwise. */
export function confirmItems(rules: DriftRules, { items, live, answer }: Answered, at: string): readonly DriftItem[] {
  const confirmable = items.filter(isConfirmable);
  if (answer.kind === 'refused') {
    const confirmation = { verdict: 'unanswered', reason: answer.reason } as const;
    return items.map((item) => (confirmable.includes(item) ? { ...item, confirmation } : item));
  }
  const left = live === undefined ? [] : compareObject(rules, { desired: answer.object, live, managed: true }, at);
  const stands = new Set(left.map(({ id }) => id));
  return items.map((item) => {
    if (!confirmable.includes(item)) return item;
    if (item.class === 'missing' || stands.has(item.id)) return { ...item, confirmation: { verdict: 'confirmed' } };
    return { ...item, confirmation: { verdict: 'refuted' }, ignoredBy: item.ignoredBy ?? refutedByDryRun };
  });
}
