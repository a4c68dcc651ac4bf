import type { CoverageGap, WatchCoverage } from '@fairlead/domain';
import type { TargetLook } from './look-at-target.ts';
import type { SeenPlace } from './seen-kinds.ts';
import { isPod, isSecret } from './watched-scope.ts';

type Looked = Pick<TargetLook, 'asked' | 'ownedNamespaces'>;

/** Whether what was seen suffices for a verdict: every kind that is asked for, and the pods. In a namespace that is owned, also whatever of the built-in kinds
 *  somebody could put there; a custom kind that can't be listed is said, and hides nothing that would run. */
export function isComplete(look: Looked, { gaps }: WatchCoverage, sees: (place: SeenPlace) => boolean): boolean {
  const wanted = look.asked.filter((place) => !isSecret(place));
  return wanted.every(sees) && !gaps.some((gap) => isPod(gap) || gap.group === '*' || (look.ownedNamespaces.length > 0 && isBuiltIn(gap)));
}

const builtIn = new Set(['', 'apps', 'batch', 'autoscaling', 'networking.k8s.io', 'policy', 'rbac.authorization.k8s.io']);

function isBuiltIn({ group }: CoverageGap): boolean {
  return builtIn.has(group);
}
