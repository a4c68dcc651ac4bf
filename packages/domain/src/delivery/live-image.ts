/** One running container as the cluster reports it. `digest` is absent where the runtime doesn't name one. */
export interface LiveContainer {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly kind: 'init' | 'main' | 'ephemeral';
  readonly image: string;
  readonly digest?: string;
  readonly ready: boolean;
  readonly owner?: { readonly kind: string; readonly name: string };
}

/** What runs in the environment's namespaces at one moment. */
export interface LiveInventory {
  readonly observedAt: string;
  readonly namespaces: readonly string[];
  readonly containers: readonly LiveContainer[];
}
