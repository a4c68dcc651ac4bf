import type { Controller, PromotionId } from '@fairlead/domain';
import type { Bundles } from './ports/bundles.ts';
import type { Claims } from './ports/claims.ts';
import type { Clock } from './ports/clock.ts';
import type { Cluster } from './ports/cluster.ts';
import type { ClusterRepair } from './ports/cluster-repair.ts';
import type { Delivery } from './ports/delivery.ts';
import type { EvidenceLog } from './ports/evidence-log.ts';
import type { Forge } from './ports/forge.ts';
import type { Git } from './ports/git.ts';
import type { Ids } from './ports/ids.ts';
import type { Leases } from './ports/leases.ts';
import type { Renderer } from './ports/renderer.ts';
import type { Signer } from './ports/signer.ts';
import type { Store } from './ports/store.ts';
import type { HttpValidator } from './ports/validator.ts';

/** One repository of the installation: where its services' desired state lives, and where its changes are merged. */
export interface Repository {
  readonly name: string;
  /** The protected branch that environments are read from and merged into. */
  readonly branch: string;
  readonly git: Git;
  readonly forge: Forge;
}

/** Everything that the use cases reach the world by. */
export interface EnginePorts {
  readonly store: Store;
  readonly claims: Claims;
  readonly leases: Leases;
  readonly signer: Signer;
  readonly evidenceLog: EvidenceLog;
  readonly bundles: Bundles;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly renderer: Renderer;
  readonly delivery: Readonly<Record<Controller, Delivery>>;
  readonly cluster: Cluster;
  readonly repair: ClusterRepair;
  readonly http: HttpValidator;
  /** A keyed hash: what stands in place of a secret that was found in a live object. */
  readonly hashSecret: (value: string) => string;
  readonly repositories: readonly Repository[];
  /** Told of each fault of our own, with the promotion that met it: people see no more of it than that there was one. */
  readonly onFault: (error: unknown, promotion: PromotionId) => void;
}
