import { z } from 'zod';

const most = 8;

/** What an identity has to be, whole: `*` stands for letters other than `/`, `**` for any. */
export const IdentityPattern = z
  .string()
  .min(1, 'is empty')
  .max(512)
  .regex(/^[^\s\p{Cc}]+$/u, 'expected an address without white space; * stands for letters other than /, ** for any')
  .refine((pattern) => (pattern.match(/\*+/g)?.length ?? 0) <= most, `has more than ${String(most)} wildcards`)
  .brand<'IdentityPattern'>();
export type IdentityPattern = z.infer<typeof IdentityPattern>;

/** Takes time in proportion to both lengths, whoever wrote them. */
export function fitsIdentity(pattern: IdentityPattern, identity: string): boolean {
  const steps = pattern.match(/\*+|[^*]/gu) ?? [];
  const letters = Array.from(identity);
  let reached = letters
    .map(() => false)
    .concat(false)
    .with(0, true);
  for (const step of steps) reached = after(step, letters, reached);
  return reached.at(-1) ?? false;
}

/** `reached[n]`: the pattern so far fits the first `n` letters. */
function after(step: string, letters: readonly string[], reached: readonly boolean[]): boolean[] {
  if (!step.startsWith('*')) return reached.map((_, at) => at > 0 && reached[at - 1] === true && letters[at - 1] === step);
  const next: boolean[] = [];
  for (const [at, here] of reached.entries()) {
    const passes = at > 0 && (step.length > 1 || letters[at - 1] !== '/');
    next.push(here || (passes && next[at - 1] === true));
  }
  return next;
}
