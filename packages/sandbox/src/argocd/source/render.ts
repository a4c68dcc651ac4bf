export type FileAnswer =
  | { readonly kind: 'file'; readonly bytes: Uint8Array; readonly digest: string }
  | { readonly kind: 'directory'; readonly entries: readonly string[]; readonly digest: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'symlink' };

/** The files of one commit. Paths are relative to its root, `''` is the root. */
export interface FileSnapshot {
  readonly identity?: string;
  look(path: string): Promise<FileAnswer>;
}

export type RenderRequest =
  | { readonly kind: 'kustomize'; readonly path: string; readonly files: FileSnapshot }
  | {
      readonly kind: 'helm';
      readonly path: string;
      readonly files: FileSnapshot;
      readonly releaseName: string;
      readonly namespace: string;
      readonly valuesFiles: readonly string[];
      readonly values: Readonly<Record<string, unknown>>;
      readonly includeCrds: boolean;
    };

export type RenderOutcome =
  { readonly kind: 'rendered'; readonly objects: readonly unknown[] } | { readonly kind: 'failed'; readonly message: string };

/** What the sandbox needs of `@fairlead/renderer`: its renderer's `render` is one. */
export type Render = (request: RenderRequest) => Promise<RenderOutcome>;
