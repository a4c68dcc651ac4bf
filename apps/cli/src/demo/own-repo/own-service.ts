import type { FoundNamespaces } from '@fairlead/domain';
import type { OwnComponent } from './own-components.ts';

/** What the demo delivers, as the documents of a service root say it. */
export interface OwnService {
  readonly name: string;
  readonly environment: string;
  /** Where releases come from: an address that nobody asks. */
  readonly repository: string;
  /** Of the overlay, from the service root. */
  readonly path: string;
  readonly components: readonly OwnComponent[];
  readonly thirdPartyImages: readonly string[];
  readonly namespaces: FoundNamespaces;
  /** The Application, and its own namespace. */
  readonly application: { readonly name: string; readonly namespace: string };
}

export const ownCluster = 'sandbox';

/** A release has components. Where nothing runs, this one stands for them, and nothing of it is delivered. */
export const noComponent: OwnComponent = {
  name: 'nothing',
  repository: 'sandbox.invalid/nothing',
  digest: `sha256:${'0'.repeat(64)}`,
  assumedFor: [],
};
