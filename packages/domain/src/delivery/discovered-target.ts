import type { DeliveryTarget } from './delivery-target.ts';

/** Where desired state comes from, as a search: one repository has many addresses, by protocol and by who asks. */
export interface SourceQuery {
  /** The environment's folder, from the repository's root. */
  readonly path: string;
  /** None: whatever the repository. */
  readonly repositories: readonly string[];
}

/** A controller object that was found to deliver a folder, in the controller's own words. */
export interface DiscoveredTarget {
  readonly target: DeliveryTarget;
  readonly source: { readonly repository: string; readonly path: string; readonly targetRevision: string };
  readonly destination: { readonly server?: string; readonly name?: string; readonly namespace: string };
  readonly automatedSync: boolean;
}
