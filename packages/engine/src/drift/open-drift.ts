import { ConflictError, NotFoundError, objectKey, type DriftId, type DriftItem, type EnvironmentId } from '@fairlead/domain';
import type { EnginePorts } from '../engine-ports.ts';

/** A difference that is open, with all that is open of the same object. */
export interface OpenDrift {
  readonly environment: EnvironmentId;
  readonly item: DriftItem;
  readonly ofObject: readonly DriftItem[];
}

/** Throws `NotFoundError` (`drift-unknown`), `ConflictError` (`drift-resolved`). */
export async function openDrift({ store }: Pick<EnginePorts, 'store'>, id: DriftId): Promise<OpenDrift> {
  const { found, open } = await store.read(async (reader) => {
    const stored = await reader.drift.get(id);
    return { found: stored, open: stored === 'absent' ? [] : await reader.drift.open(stored.environment, stored.item.target) };
  });
  if (found === 'absent') throw new NotFoundError('drift-unknown', `no difference ${id}`, { hint: 'fairlead drift list' });
  const { environment, item } = found;
  if (item.resolvedAt !== undefined) {
    throw new ConflictError('drift-resolved', `${id} is gone since ${item.resolvedAt}`, {
      hint: 'nothing is to be done: fairlead drift list',
    });
  }
  return { environment, item, ofObject: open.filter(({ object }) => objectKey(object) === objectKey(item.object)) };
}
