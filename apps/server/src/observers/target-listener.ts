import type { DeliveryTarget } from '@fairlead/domain';
import type { WatchedTarget } from '@fairlead/engine';

/** Who has to know which targets there are, and that one of them changed. */
export interface TargetListener {
  /** What is declared now. */
  setTargets(targets: readonly WatchedTarget[]): void;
  changed(target: DeliveryTarget): void;
}
