/**
 * - `remote-base`: a base, resource, schema or chart that would come over the network.
 * - `outside-root`: a file outside of the kustomization's own directory, or anything outside of the readable root.
 * - `plugin-disabled`: a generator or transformer that would run a program.
 * - `render-failed`: upstream refuses the input; also a symbolic link, which only a chart may have.
 * - `timed-out`, `out-of-memory`: the limits of `createRenderer`. Never cached.
 * - `bad-request`: the request itself is wrong, whatever the files hold.
 */
export type RenderErrorCode =
  'remote-base' | 'outside-root' | 'plugin-disabled' | 'render-failed' | 'timed-out' | 'out-of-memory' | 'bad-request';

/** One thing that the render learned. Without a digest it learned no more than that kind (a directory was entered, not listed).
 *  The digest of a symbolic link is its target. */
export interface InputRead {
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'absent' | 'symlink';
  readonly digest?: string;
}

/** What rendered: the committed module and the upstream releases in it. */
export interface RendererVersions {
  /** SHA-256 of the WebAssembly module. */
  readonly sha256: string;
  readonly goVersion: string;
  /** The `kustomize` program whose bytes are matched. */
  readonly kustomize: string;
  readonly kustomizeApi: string;
  readonly helm: string;
}

export interface Rendered {
  readonly kind: 'rendered';
  /** Byte for byte what the upstream program prints. */
  readonly yaml: string;
  /** The same objects, in the same order, as JSON values; frozen, because they are shared with the cache. */
  readonly objects: readonly unknown[];
  /** Everything the render learned from the files, by path: the environment's input closure. */
  readonly inputs: readonly InputRead[];
  readonly versions: RendererVersions;
  readonly cached: boolean;
}

export interface RenderFailure {
  readonly kind: 'failed';
  readonly code: RenderErrorCode;
  readonly message: string;
  readonly inputs: readonly InputRead[];
}

export type RenderResult = Rendered | RenderFailure;
