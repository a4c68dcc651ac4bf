import type { ObjectRef } from '../desired-state/object-ref.ts';
import { matchesGlob } from './glob.ts';

/** Which objects a rule is about. What is absent holds for all; `*` and `?` stand for letters. */
export interface ObjectPattern {
  readonly group?: string;
  readonly kind?: string;
  readonly namespace?: string;
  readonly name?: string;
}

export function matchesObject(pattern: ObjectPattern, ref: ObjectRef): boolean {
  return (
    fits(pattern.kind, ref.kind) &&
    fits(pattern.group, ref.group) &&
    fits(pattern.namespace, ref.namespace ?? '') &&
    fits(pattern.name, ref.name)
  );
}

function fits(pattern: string | undefined, text: string): boolean {
  return pattern === undefined || matchesGlob(pattern, text);
}
