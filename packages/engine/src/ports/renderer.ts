import type { Digest, JsonObject, RepoPath } from '@fairlead/domain';
import type { FileSnapshot } from './file-snapshot.ts';

/** One answer that the render got from the files: together they are the environment's input closure. A symbolic link's digest is its target. */
export interface InputRead {
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'absent' | 'symlink';
  readonly digest?: string;
}

export type RenderErrorCode = 'remote-base' | 'outside-root' | 'plugin-disabled' | 'render-failed' | 'timed-out' | 'out-of-memory';

export type RenderOutcome =
  | {
      readonly kind: 'rendered';
      readonly yaml: string;
      readonly objects: readonly JsonObject[];
      /** By path, each once. */
      readonly inputs: readonly InputRead[];
      /** Of the renderer that made it, e.g. `{ kustomize: 'v5.8.2' }`. */
      readonly versions: Readonly<Record<string, string>>;
      /** Over the JCS form of the objects, ordered by identity. */
      readonly digest: Digest;
    }
  | { readonly kind: 'failed'; readonly code: RenderErrorCode; readonly message: string; readonly inputs: readonly InputRead[] };

/** Renders an environment offline, repeatably, in bounded memory and time. Never throws for what the files say. */
export interface Renderer {
  render(path: RepoPath | '', files: FileSnapshot): Promise<RenderOutcome>;
}
