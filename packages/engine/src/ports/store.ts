import type {
  Approval,
  Digest,
  EnvironmentId,
  EnvironmentStatus,
  EvidenceType,
  JournalEntry,
  JsonObject,
  Promotion,
  PromotionId,
  PromotionStatus,
  SignedRecord,
  ValidationRun,
} from '@fairlead/domain';
import type { Claim } from './claims.ts';
import type { DriftReader, DriftTransactor, ExceptionReader, ExceptionTransactor, TaskReader, TaskTransactor } from './drift-store.ts';
import type { Lease } from './leases.ts';
import type { Page, Paging } from './paging.ts';

export interface PromotionFilter {
  readonly service?: string;
  readonly environment?: EnvironmentId;
  readonly status?: PromotionStatus;
  readonly open?: boolean;
}

export interface PromotionReader {
  get(id: PromotionId): Promise<Promotion | 'absent'>;
  plan(id: PromotionId): Promise<JsonObject | 'absent'>;
  /** Newest first. */
  list(filter: PromotionFilter, paging: Paging): Promise<Page<Promotion>>;
  /** Of one environment, the ones that haven't ended; oldest first. */
  open(environment: EnvironmentId): Promise<readonly Promotion[]>;
  /** The newest one that is `ready` or merged: what the environment is meant to run. */
  intended(environment: EnvironmentId): Promise<Promotion | 'absent'>;
  /** In the order of intents. */
  journal(id: PromotionId): Promise<readonly JournalEntry[]>;
}

export interface PromotionTransactor {
  /** `busy`: another promotion of the environment is past its merge, or an equal one is open. */
  insert(promotion: Promotion, plan: JsonObject): Promise<'inserted' | 'exists'>;
  /** Writes under the claim, renews it and gives the new one. Throws `ConflictError` (`claim-lost`) when somebody took over. */
  save(promotion: Promotion, claim: Claim): Promise<Claim>;
  /** Writes without a claim, for what people do. Reads and locks the row first; `absent` where there is none. */
  change(id: PromotionId, change: (promotion: Promotion) => Promotion): Promise<Promotion | 'absent'>;
  /** Authorises an effect under the claim; locks the control rows of environment and installation `FOR SHARE`. */
  intend(entry: JournalEntry, claim: Claim): Promise<void>;
  /** Settles it. */
  settle(entry: JournalEntry): Promise<void>;
}

export interface StoredRelease {
  readonly digest: Digest;
  readonly service: string;
  readonly version: string;
  /** The manifest as registered, byte for byte. */
  readonly manifest: string;
  readonly registeredAt: string;
  readonly record: Digest;
}

export interface ReleaseReader {
  get(digest: Digest): Promise<StoredRelease | 'absent'>;
  byVersion(service: string, version: string): Promise<StoredRelease | 'absent'>;
  /** Newest first. */
  list(filter: { readonly service?: string }, paging: Paging): Promise<Page<StoredRelease>>;
}

export interface ReleaseTransactor {
  /** `conflict`: this service and version are registered with another digest. */
  insert(release: StoredRelease): Promise<'inserted' | 'exists' | 'conflict'>;
}

export interface EnvironmentReader {
  status(environment: EnvironmentId): Promise<EnvironmentStatus | 'absent'>;
  /** By service and name. */
  list(filter: { readonly service?: string; readonly environment?: string }, paging: Paging): Promise<Page<EnvironmentStatus>>;
}

export interface EnvironmentTransactor {
  save(status: EnvironmentStatus): Promise<void>;
}

export interface ApprovalReader {
  /** In the order in which they were given. */
  of(promotion: PromotionId): Promise<readonly Approval[]>;
}

export interface ApprovalTransactor {
  insert(approval: Approval): Promise<void>;
}

export interface ValidationReader {
  /** The newest attempt of each phase. */
  latest(environment: EnvironmentId): Promise<readonly ValidationRun[]>;
  /** Newest first. */
  list(filter: { readonly environment: EnvironmentId; readonly phase?: string }, paging: Paging): Promise<Page<ValidationRun>>;
}

export interface ValidationTransactor {
  /** Numbers the attempt within environment and phase. */
  request(run: Omit<ValidationRun, 'attempt'>): Promise<ValidationRun>;
  save(run: ValidationRun): Promise<void>;
}

export interface StoredRecord {
  readonly digest: Digest;
  readonly type: EvidenceType;
  readonly environment?: string;
  readonly promotion?: PromotionId;
  readonly at: string;
  /** The Sigstore bundle as stored, UTF-8 JSON. */
  readonly bundle: Uint8Array;
  /** Its place in the log; absent until it is sequenced. */
  readonly index?: number;
}

export interface EvidenceFilter {
  readonly promotion?: PromotionId;
  readonly environment?: EnvironmentId;
  readonly type?: EvidenceType;
  /** From that time on. */
  readonly since?: Date;
  /** Before that time. */
  readonly until?: Date;
}

export interface EvidenceReader {
  get(digest: Digest): Promise<StoredRecord | 'absent'>;
  /** Newest first. */
  list(filter: EvidenceFilter, paging: Paging): Promise<Page<StoredRecord>>;
}

export interface EvidenceTransactor {
  /** Appends the record and its event; the log takes them up after the commit. */
  append(record: SignedRecord): Promise<void>;
}

export interface WakeTransactor {
  /** Makes the promotion due and rings. */
  promotion(id: PromotionId): Promise<void>;
}

export interface LeaseTransactor {
  /** Throws `ConflictError` (`lease-lost`) where the lease is another's by now: what follows must not be written. */
  requireHeld(lease: Lease): Promise<void>;
}

export interface StoredToken {
  /** sha256 of the token, hex. The token itself is never stored. */
  readonly hash: string;
  readonly id: string;
  readonly user: string;
  readonly role: string;
  /** Absent: all environments. */
  readonly environments?: readonly string[];
  readonly createdAt: string;
  readonly expiresAt: string;
  /** For a one-time link: used up by the first sign-in. */
  readonly once: boolean;
}

export interface TokenReader {
  byHash(hash: string): Promise<StoredToken | 'absent'>;
  list(paging: Paging): Promise<Page<StoredToken>>;
}

export interface TokenTransactor {
  insert(token: StoredToken): Promise<void>;
  /** `gone` where it was used, revoked or never there: exactly one caller gets `removed`. */
  remove(hash: string): Promise<'removed' | 'gone'>;
}

export interface Reader {
  readonly promotions: PromotionReader;
  readonly releases: ReleaseReader;
  readonly environments: EnvironmentReader;
  readonly approvals: ApprovalReader;
  readonly validations: ValidationReader;
  readonly evidence: EvidenceReader;
  readonly tokens: TokenReader;
  readonly drift: DriftReader;
  readonly exceptions: ExceptionReader;
  readonly tasks: TaskReader;
}

export interface Transactor extends Reader {
  readonly write: {
    readonly promotions: PromotionTransactor;
    readonly releases: ReleaseTransactor;
    readonly environments: EnvironmentTransactor;
    readonly approvals: ApprovalTransactor;
    readonly validations: ValidationTransactor;
    readonly evidence: EvidenceTransactor;
    readonly tokens: TokenTransactor;
    readonly wakes: WakeTransactor;
    readonly leases: LeaseTransactor;
    readonly drift: DriftTransactor;
    readonly exceptions: ExceptionTransactor;
    readonly tasks: TaskTransactor;
  };
}

/** Durable state. State change, evidence and wake-up are one transaction, and inside `transact` there is only SQL. */
export interface Store {
  read<T>(work: (reader: Reader) => Promise<T>): Promise<T>;
  transact<T>(work: (tx: Transactor) => Promise<T>): Promise<T>;
}
