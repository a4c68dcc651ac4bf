import { type FileSnapshot } from './file-snapshot.ts';

/** `kustomize build --enable-helm <path>`: charts from below `chartHome`, no other plugins, no network. */
export interface KustomizeRequest {
  readonly kind: 'kustomize';
  /** The directory of the kustomization, relative to the root of `files`. */
  readonly path: string;
  readonly files: FileSnapshot;
}

/** One flag of the `--set` family, with the text that follows it. A path of `set-file` is relative to the root of `files`. */
export interface HelmSetting {
  readonly flag: 'set' | 'set-string' | 'set-json' | 'set-file' | 'set-literal';
  readonly text: string;
}

/** `helm template <releaseName> <path>` with the flags of the same names. */
export interface HelmRequest {
  readonly kind: 'helm';
  /** The directory of the chart, or the packed chart, relative to the root of `files`. */
  readonly path: string;
  readonly files: FileSnapshot;
  readonly releaseName: string;
  readonly namespace: string;
  /** Absent: the version that this Helm assumes. */
  readonly kubeVersion?: string;
  /** Added to those that this Helm knows. */
  readonly apiVersions?: readonly string[];
  /** Relative to the root of `files`; a later one wins. */
  readonly valuesFiles?: readonly string[];
  /** Win over `valuesFiles`, in Helm's order: by flag, then as given. */
  readonly set?: readonly HelmSetting[];
  /** Wins over all others. */
  readonly values?: Readonly<Record<string, unknown>>;
  readonly includeCrds?: boolean;
  readonly skipHooks?: boolean;
  readonly skipTests?: boolean;
}

export type RenderRequest = KustomizeRequest | HelmRequest;
