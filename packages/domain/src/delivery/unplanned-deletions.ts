import { objectKey, type ObjectRef } from '../desired-state/object-ref.ts';
import type { ObservedDelivery } from './delivery-observation.ts';

/** What an environment is going to be, and what that removes. */
export interface NextState {
  readonly objects: readonly ObjectRef[];
  readonly removes: readonly ObjectRef[];
}

const adding: ReadonlySet<string> = new Set(['spec.components', 'spec.namePrefix', 'spec.nameSuffix']);

/** What the controller would delete with the next state beyond what that removes, as far as it says what it manages. */
export function unplannedDeletions(seen: ObservedDelivery, next: NextState): readonly ObjectRef[] {
  const isKnown = knownIn([...next.objects, ...next.removes], seen.destination.namespace);
  switch (seen.controller) {
    case 'flux':
      // Whatever it applied once, and finds no more. What it adds or renames by itself, no render of ours shows.
      return seen.settings.prune && !(seen.rendersBy ?? []).some((field) => adding.has(field))
        ? seen.inventory.filter((ref) => !isKnown(ref))
        : [];
    case 'argocd':
      // It is asked to prune only where the plan removes something, and what it finds superfluous counts only where it could compare.
      return next.removes.length === 0 || !seen.comparedToSpec || seen.sync.status === 'Unknown'
        ? []
        : seen.resources.filter(({ requiresPruning, hook }) => requiresPruning && !hook).flatMap(({ ref }) => (isKnown(ref) ? [] : [ref]));
  }
}

/** `namespace`: where the controller puts what names none, and with Flux everything. A name that the controller fills in may be any of its kind. */
function knownIn(objects: readonly ObjectRef[], namespace: string): (ref: ObjectRef) => boolean {
  const keys = new Set(objects.map(objectKey));
  const moved = new Set(objects.map((ref) => objectKey({ ...ref, namespace })));
  const placeless = new Set(objects.flatMap((ref) => (ref.namespace === undefined ? [objectKey(ref)] : [])));
  const open = new Set(objects.filter(({ name, namespace: place = '' }) => `${name} ${place}`.includes('${')).map(kindOf));
  return (ref) => {
    const { namespace: _place, ...named } = ref;
    const isMoved = ref.namespace === namespace && moved.has(objectKey(ref));
    return keys.has(objectKey(ref)) || isMoved || placeless.has(objectKey(named)) || open.has(kindOf(ref));
  };
}

function kindOf({ group, kind }: ObjectRef): string {
  return `${group}/${kind}`;
}
