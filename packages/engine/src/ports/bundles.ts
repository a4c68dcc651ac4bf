import type { Digest } from '@fairlead/domain';

/** A bundle as it is kept. */
export interface KeptBundle {
  /** Over the archive's bytes. */
  readonly digest: Digest;
  readonly size: number;
}

/** Where the bundles are that were made by themselves, when a promotion ended. What is lost there can be made again from the records. */
export interface Bundles {
  /** Writes it whole or not at all, and never over one that is there: who comes second, as after a crash, is told of what the first one kept. Throws
   *  `UpstreamError` where it can't be written. */
  keep(name: string, pieces: Iterable<Uint8Array>): Promise<KeptBundle>;
  /** The bytes as they are; `absent`: never kept, lost, or kept by another server. */
  read(name: string): Promise<Uint8Array | 'absent'>;
}
