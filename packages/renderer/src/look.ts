/** What the guest asks about a path. The positions are numbers of the interface with it (`go/host.go`). */
export const wants = ['kind', 'bytes', 'names'] as const;
export type Want = (typeof wants)[number];

export const lookedKinds = ['absent', 'file', 'directory', 'symlink'] as const;

/** The answer, with `payload` as the guest takes it: a file's bytes, or names, each ended by NUL. Empty where not wanted. */
export interface Looked {
  readonly kind: (typeof lookedKinds)[number];
  readonly payload: Uint8Array;
}

/** Blocks until there is an answer. */
export type Look = (path: string, want: Want) => Looked;

export function isLooked(value: unknown): value is Looked {
  if (typeof value !== 'object' || value === null || !('kind' in value && 'payload' in value)) return false;
  return lookedKinds.some((kind) => kind === value.kind) && value.payload instanceof Uint8Array;
}
