import type { NotChecked } from '@fairlead/domain';

const named = 4;

/** Rules that share their reason share a line; of very many the first, for JSON has them all. */
export function notCheckedReasons(left: readonly NotChecked[]): readonly { readonly rules: string; readonly because: string }[] {
  const reasons = new Map<string, string[]>();
  for (const { rule, because } of left) reasons.set(because, [...(reasons.get(because) ?? []), rule]);
  return [...reasons].map(([because, rules]) => ({ rules: shortened(rules), because }));
}

function shortened(rules: readonly string[]): string {
  const more = rules.length - named;
  return more > 1 ? `${rules.slice(0, named).join(', ')} and ${String(more)} more rules` : rules.join(', ');
}
