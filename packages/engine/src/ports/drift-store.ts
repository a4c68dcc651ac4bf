import type {
  DriftAction,
  DriftActionId,
  DriftId,
  DriftItem,
  EnvironmentId,
  ExceptionId,
  PolicyException,
  ReconciliationTask,
  TargetObservation,
  TaskId,
} from '@fairlead/domain';
import type { Lease } from './leases.ts';
import type { Page, Paging } from './paging.ts';

/** A difference with the environment that it is in. */
export interface StoredDrift {
  readonly environment: EnvironmentId;
  readonly item: DriftItem;
}

export interface DriftFilter {
  readonly environment?: EnvironmentId;
  readonly target?: string;
  /** Absent: also those that are gone. */
  readonly open?: boolean;
}

/** An observation with its age. `freshAt`: when every watch of the target was last heard of; absent before the first time. */
export interface DatedObservation {
  readonly observation: TargetObservation;
  readonly freshAt?: string;
}

export interface DriftReader {
  get(id: DriftId): Promise<StoredDrift | 'absent'>;
  /** Newest first. */
  list(filter: DriftFilter, paging: Paging): Promise<Page<StoredDrift>>;
  /** Every difference of the environment, or of one target in it, that is open. */
  open(environment: EnvironmentId, target?: string): Promise<readonly DriftItem[]>;
  /** By target. */
  observations(environment: EnvironmentId): Promise<readonly DatedObservation[]>;
  action(id: DriftActionId): Promise<DriftAction | 'absent'>;
  /** Oldest first. */
  openActions(environment: EnvironmentId): Promise<readonly DriftAction[]>;
}

export interface DriftTransactor {
  /** Writes differences as they are now, new ones and known ones. Throws `ConflictError` (`lease-lost`) where the lease is another's by now. */
  save(environment: EnvironmentId, items: readonly DriftItem[], lease: Lease): Promise<void>;
  /** Throws `ConflictError` (`lease-lost`) as above. */
  observed(observation: TargetObservation, lease: Lease): Promise<void>;
  act(action: DriftAction): Promise<void>;
}

export interface ExceptionReader {
  get(id: ExceptionId): Promise<PolicyException | 'absent'>;
  /** Newest first. */
  list(filter: { readonly environment?: EnvironmentId }, paging: Paging): Promise<Page<PolicyException>>;
  /** Of one environment, those that end after that time, revoked ones too. Oldest first. */
  unexpired(environment: EnvironmentId, at: Date): Promise<readonly PolicyException[]>;
}

export interface ExceptionTransactor {
  insert(exception: PolicyException): Promise<void>;
  /** Reads and locks the row first; `absent` where there is none. */
  change(id: ExceptionId, change: (exception: PolicyException) => PolicyException): Promise<PolicyException | 'absent'>;
}

export interface TaskReader {
  get(id: TaskId): Promise<ReconciliationTask | 'absent'>;
  /** Newest first. */
  list(filter: { readonly environment?: EnvironmentId; readonly open?: boolean }, paging: Paging): Promise<Page<ReconciliationTask>>;
  open(environment: EnvironmentId): Promise<readonly ReconciliationTask[]>;
}

export interface TaskTransactor {
  save(task: ReconciliationTask): Promise<void>;
  /** Reads and locks the row first; `absent` where there is none. */
  change(id: TaskId, change: (task: ReconciliationTask) => ReconciliationTask): Promise<ReconciliationTask | 'absent'>;
}
