import { type FileSnapshot } from './file-snapshot.ts';

/** `kustomize build <path>`: no flags, no plugins, no network. */
export interface KustomizeRequest {
  readonly kind: 'kustomize';
  /** The directory of the kustomization, relative to the root of `files`. */
  readonly path: string;
  readonly files: FileSnapshot;
}

/** `helm template <releaseName> <path>` with the flags of the same names. */
export interface HelmRequest {
  readonly kind: 'helm';
  /** The directory of the chart, relative to the root of `files`. */
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
  /** Wins over `valuesFiles`. */
  readonly values?: Readonly<Record<string, unknown>>;
  readonly includeCrds?: boolean;
  readonly skipHooks?: boolean;
  readonly skipTests?: boolean;
}

export type RenderRequest = KustomizeRequest | HelmRequest;
