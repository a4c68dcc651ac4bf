import type { ObjectRef } from '@fairlead/domain';
import type { ObjectEvent } from '../ports/cluster.ts';

/** A kind, in a namespace or in all. */
export type SeenPlace = Pick<ObjectRef, 'group' | 'kind' | 'namespace'>;

/** Which kinds have been told whole, where, and are not hidden now. What isn't here can't be called missing. */
export class SeenKinds {
  readonly #inSync = new Set<string>();
  readonly #gaps = new Set<string>();

  /** Whether the event made objects of a kind comparable, or closed a gap: then all of them are to be compared. */
  take(event: Exclude<ObjectEvent, { kind: 'applied' | 'deleted' }>): Pick<SeenPlace, 'group' | 'kind'> | undefined {
    switch (event.kind) {
      case 'in-sync': {
        const name = nameOf({ ...event.of, ...(event.namespace === undefined ? {} : { namespace: event.namespace }) });
        if (this.#inSync.has(name)) return undefined;
        this.#inSync.add(name);
        return event.of;
      }
      case 'gap':
        this.#gaps.add(nameOf(event.gap));
        return undefined;
      case 'gap-closed':
        this.#gaps.delete(nameOf(event.gap));
        return event.gap;
    }
  }

  sees({ group, kind, namespace }: SeenPlace): boolean {
    const everywhere = nameOf({ group, kind });
    const here = namespace === undefined ? everywhere : nameOf({ group, kind, namespace });
    if (!this.#inSync.has(everywhere) && !this.#inSync.has(here)) return false;
    return !hiding.some((of) => this.#gaps.has(nameOf(of({ group, kind, ...(namespace === undefined ? {} : { namespace }) }))));
  }
}

/** A gap may be of a kind in a namespace, of the kind, of its group, or of everything. */
const hiding: readonly ((place: SeenPlace) => SeenPlace)[] = [
  (place) => place,
  ({ group, kind }) => ({ group, kind }),
  ({ group }) => ({ group, kind: '*' }),
  () => ({ group: '*', kind: '*' }),
];

function nameOf({ group, kind, namespace }: SeenPlace): string {
  return `${group}/${kind}/${namespace ?? ''}`;
}
