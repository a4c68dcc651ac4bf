import type { NotChecked } from '@fairlead/domain';

/** Rules that share their reason share a line. */
export function notCheckedReasons(left: readonly NotChecked[]): readonly { readonly rules: string; readonly because: string }[] {
  const reasons = new Map<string, string[]>();
  for (const { rule, because } of left) reasons.set(because, [...(reasons.get(because) ?? []), rule]);
  return [...reasons].map(([because, rules]) => ({ rules: rules.join(', '), because }));
}
