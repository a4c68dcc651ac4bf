import { ConflictError, digestOfBytes, NotFoundError, type Promotion } from '@fairlead/domain';
import type { EnginePorts } from '../engine-ports.ts';

export interface ReadBundle {
  readonly name: string;
  readonly pieces: readonly Uint8Array[];
  /** What it lacks to be a complete proof, by code. */
  readonly missing: readonly string[];
}

/** The bundle that was made when the promotion ended, byte for byte. One that is lost, or other than its digest on record, is not given out. */
export async function readKeptBundle({ bundles }: Pick<EnginePorts, 'bundles'>, promotion: Promotion): Promise<ReadBundle> {
  const { id, bundle } = promotion;
  const hint = `make another one: fairlead bundle export promotion/${id}`;
  if (bundle === undefined)
    throw new NotFoundError('bundle-not-kept', `no bundle of promotion ${id} is kept: it is ${promotion.status}`, { hint });
  const bytes = await bundles.read(bundle.name);
  if (bytes === 'absent') throw new NotFoundError('bundle-not-kept', `the bundle ${bundle.name} is not where it was kept`, { hint });
  if (digestOfBytes(bytes) !== bundle.digest)
    throw new ConflictError('bundle-changed', `the bundle ${bundle.name} is other than it was: on record is ${bundle.digest}`, { hint });
  return { name: bundle.name.slice(bundle.name.lastIndexOf('/') + 1), pieces: [bytes], missing: bundle.missing };
}
