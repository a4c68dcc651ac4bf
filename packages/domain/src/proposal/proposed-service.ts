import type { Tier } from '../environment/tier.ts';

/** What delivers an environment. `isGuess`: nothing in the repository names it. */
export interface ProposedTarget {
  readonly controller: 'argocd' | 'flux';
  readonly cluster: string;
  readonly namespace: string;
  readonly name: string;
  readonly isGuess: boolean;
}

export interface ProposedEnvironment {
  readonly name: string;
  /** From the service root. */
  readonly path: string;
  readonly tier: Tier;
  /** Whether its folder's name says its tier. */
  readonly isNamed: boolean;
  readonly after: readonly string[];
  readonly namespaces: readonly { readonly name: string; readonly owned: boolean }[];
  readonly secretStores: readonly { readonly kind: 'SecretStore' | 'ClusterSecretStore'; readonly name: string }[];
  readonly target: ProposedTarget;
  /** Why its components are not known. */
  readonly notRendered?: string;
}

export interface ProposedComponent {
  readonly name: string;
  readonly image: string;
  readonly required: boolean;
}

/** A service root as it could be. */
export interface ProposedService {
  /** '' is the repository's own folder. */
  readonly root: string;
  readonly name: string;
  readonly repository: string;
  /** Nothing says where the repository is. */
  readonly isRepositoryGuess: boolean;
  readonly refs: readonly string[];
  readonly thirdPartyImages: readonly string[];
  readonly components: readonly ProposedComponent[];
  /** In the order in which releases go. */
  readonly environments: readonly ProposedEnvironment[];
  /** Who answers for the controls of today. */
  readonly owner: string;
}
