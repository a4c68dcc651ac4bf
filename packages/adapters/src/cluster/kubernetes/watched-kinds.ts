import { isUnwatched } from '@fairlead/domain';
import type { ObjectScope, ServedKind } from '@fairlead/engine';

export function kindKey({ group, kind }: { readonly group: string; readonly kind: string }): string {
  return `${group}/${kind}`;
}

export interface SelectedKinds {
  readonly kinds: readonly ServedKind[];
  /** Named, and not served. */
  readonly unserved: readonly { readonly group: string; readonly kind: string }[];
}

/** Those of the served kinds that a scope is about. `verbs`: what must be possible to look at one. */
export function selectKinds(scope: Pick<ObjectScope, 'kinds'>, served: readonly ServedKind[], verbs: readonly string[]): SelectedKinds {
  const possible = served.filter((kind) => verbs.every((verb) => kind.verbs.includes(verb)));
  if (scope.kinds === undefined) {
    return { kinds: possible.filter((kind) => kind.namespaced && !isUnwatched(kind)), unserved: [] };
  }
  const named = new Set(scope.kinds.map(kindKey));
  const known = new Set(possible.map(kindKey));
  return {
    kinds: possible.filter((kind) => named.has(kindKey(kind))),
    unserved: scope.kinds.filter((kind) => !known.has(kindKey(kind))),
  };
}
