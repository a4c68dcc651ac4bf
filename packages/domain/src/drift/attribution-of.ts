import type { Attribution } from './drift-item.ts';
import type { FieldOwner } from './field-owners.ts';

/** Who wrote last of those who say that they wrote a field. A write through `scale` has no time, and takes the field from whoever had it. */
export function lastWriter(owners: readonly FieldOwner[], trusted: ReadonlySet<string>): FieldOwner | undefined {
  return owners.toSorted((one, other) => lateness(other, trusted) - lateness(one, trusted))[0];
}

function lateness({ time, manager }: FieldOwner, trusted: ReadonlySet<string>): number {
  if (time === undefined) return Infinity;
  // Times are in whole seconds; of one second, a foreign manager is the one to name.
  return Date.parse(time) + (trusted.has(manager) ? 0 : 1);
}

/** When the difference was made at the latest: at the writer's last write, or when it was first shown, whichever is earlier. */
export function attributionOf(writer: FieldOwner | undefined, shown: string): Attribution {
  if (writer === undefined) return { changedAt: shown, changedAtIs: 'first-seen' };
  const { manager, operation, subresource, time } = writer;
  const isEntry = time !== undefined && !(Date.parse(time) > Date.parse(shown));
  return {
    manager,
    ...(operation === undefined ? {} : { operation }),
    ...(subresource === undefined ? {} : { subresource }),
    changedAt: isEntry ? time : shown,
    changedAtIs: isEntry ? 'entry' : 'first-seen',
  };
}
