import type { Json } from '../document/json.ts';
import type { Containment, ExpectedDelivery } from './delivery-verdict.ts';

/** How revisions stand to the commit. `revision` is the one that decided. */
export interface Standing {
  readonly containment: Containment;
  readonly revision: string;
}

export const fromWorst: readonly Containment[] = ['unknown', 'diverged', 'not-contained', 'differs', 'contains'];

/** The worst decides. */
export function standingOf(revisions: readonly string[], expected: ExpectedDelivery): Standing {
  const standings = revisions.map((revision) => ({ revision, containment: containmentOf(revision, expected) }));
  for (const containment of fromWorst) {
    const found = standings.find((standing) => standing.containment === containment);
    if (found !== undefined) return found;
  }
  return { containment: 'unknown', revision: '' };
}

function containmentOf(revision: string, { commit, containment }: ExpectedDelivery): Containment {
  if (revision === commit) return 'contains';
  return Object.hasOwn(containment, revision) ? (containment[revision] ?? 'unknown') : 'unknown';
}

/** The exact revisions that our operation asked for, one per source. */
export function pinsOf({ asked }: ExpectedDelivery): readonly string[] {
  if (asked === undefined) return [];
  return isList(asked['revisions']) ? asked['revisions'].map(textOf) : [textOf(asked['revision'])];
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
