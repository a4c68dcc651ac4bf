import { jsonEquals } from '../document/json-equals.ts';
import type { ObjectRef } from '../desired-state/object-ref.ts';
import type { Json } from '../document/json.ts';
import type { DeclaredMutation } from './declared-mutation.ts';
import type { Attribution } from './drift-item.ts';
import type { IgnoreRule } from './ignore-rule.ts';
import { matchesObject } from './object-pattern.ts';
import { below, covers, without, type PathPattern } from './path-pattern.ts';
import { isSameDeep } from './same-deep.ts';
import type { PathStep } from './path-step.ts';

/** What of a difference decides whether a rule explains it. */
export interface Explained {
  readonly object: ObjectRef;
  readonly steps: readonly PathStep[];
  readonly desired?: Json;
  readonly live?: Json;
  readonly by: Attribution;
}

/** The name of the first rule that makes a difference count for nothing. */
export function explainedBy(
  rules: { readonly ignore: readonly IgnoreRule[]; readonly declared: readonly DeclaredMutation[] },
  found: Explained,
): string | undefined {
  return rules.ignore.find((rule) => ignores(rule, found))?.name ?? rules.declared.find((mutation) => isDeclared(mutation, found))?.name;
}

function ignores({ object, paths, managers }: IgnoreRule, found: Explained): boolean {
  if (!matchesObject(object, found.object)) return false;
  if (paths.length === 0 && managers.length === 0) return true;
  // Whose fields are ignored may not put in whole objects.
  const isTheirs = found.steps.length > 0 && found.by.manager !== undefined && managers.includes(found.by.manager);
  return isTheirs || paths.some((path) => coversAll(path, found));
}

/** Also where only what the path leads to inside a value differs. */
function coversAll(path: PathPattern, { steps, desired, live }: Explained): boolean {
  if (covers(path, steps)) return true;
  const rest = below(path, steps);
  return rest !== undefined && desired !== undefined && live !== undefined && isSameDeep(without(desired, rest), without(live, rest));
}

function isDeclared(mutation: DeclaredMutation, { object, steps, live, by }: Explained): boolean {
  if (!matchesObject(mutation.object, object) || !covers(mutation.path, steps)) return false;
  if (mutation.manager !== undefined && mutation.manager !== by.manager) return false;
  return mutation.value === undefined || (live !== undefined && jsonEquals(mutation.value, live));
}
