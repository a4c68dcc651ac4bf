import type { Digest, EnvironmentId, EvidenceType, PromotionId } from '@fairlead/domain';
import type { ColumnType, Generated, GeneratedAlways } from 'kysely';

/** A json column: parsed when read, given as text. */
type Document = ColumnType<unknown, string, string>;

/** The tables as the application's role sees them. */
export interface Schema {
  readonly 'fairlead.migration': { readonly number: number; readonly name: string };
  readonly 'fairlead.promotion': PromotionTable;
  readonly 'fairlead.journal': JournalTable;
  readonly 'fairlead.control': { readonly scope: string; readonly frozen: Generated<boolean> };
  readonly 'fairlead.approval': ApprovalTable;
  readonly 'fairlead.local_change': LocalChangeTable;
  readonly 'fairlead.release': ReleaseTable;
  readonly 'fairlead.environment_status': EnvironmentStatusTable;
  readonly 'fairlead.validation_run': ValidationRunTable;
  readonly 'fairlead.token': TokenTable;
  readonly 'fairlead.lease': LeaseTable;
  readonly 'fairlead.drift_item': DriftItemTable;
  readonly 'fairlead.target_observation': TargetObservationTable;
  readonly 'fairlead.drift_action': DriftActionTable;
  readonly 'fairlead.policy_exception': PolicyExceptionTable;
  readonly 'fairlead.reconciliation_task': ReconciliationTaskTable;
  readonly 'ledger.record': RecordTable;
  readonly 'ledger.log_leaf': LogLeafTable;
  readonly 'ledger.event': EventTable;
}

interface PromotionTable {
  readonly id: string;
  readonly seq: GeneratedAlways<number>;
  readonly service: string;
  readonly environment: string;
  readonly status: string;
  readonly ended: boolean;
  readonly plan_digest: string;
  readonly merged_at: ColumnType<Date | null, never, never>;
  readonly document: Document;
  readonly plan: Document;
  readonly version: Generated<number>;
  readonly wake_at: Generated<Date | null>;
  readonly claimed_by: Generated<string | null>;
  readonly claim_expires: Generated<Date | null>;
}

interface JournalTable {
  readonly promotion: string;
  readonly key: string;
  readonly seq: GeneratedAlways<number>;
  readonly settled_as: string | null;
  readonly document: Document;
}

interface ApprovalTable {
  readonly record: string;
  readonly seq: GeneratedAlways<number>;
  readonly promotion: string;
  readonly document: Document;
}

interface LocalChangeTable {
  readonly number: GeneratedAlways<number>;
  readonly branch: string;
  readonly base: string;
  readonly title: string;
  readonly promotion: string | null;
  readonly opened_at: Generated<Date>;
  readonly closed_because: Generated<string | null>;
}

interface ReleaseTable {
  readonly digest: string;
  readonly seq: GeneratedAlways<number>;
  readonly service: string;
  readonly version: string;
  readonly manifest: string;
  readonly registered_at: string;
  readonly record: string;
}

interface EnvironmentStatusTable {
  readonly service: string;
  readonly environment: string;
  readonly document: Document;
}

interface ValidationRunTable {
  readonly environment: string;
  readonly phase: string;
  readonly attempt: number;
  readonly seq: GeneratedAlways<number>;
  readonly document: Document;
}

interface TokenTable {
  readonly hash: string;
  readonly seq: GeneratedAlways<number>;
  readonly document: Document;
}

interface LeaseTable {
  readonly name: string;
  readonly holder: string;
  readonly epoch: Generated<number>;
  readonly expires: Date;
  readonly notes: Document;
}

interface DriftItemTable {
  readonly id: string;
  readonly seq: GeneratedAlways<number>;
  readonly environment: string;
  readonly target: string;
  readonly open: boolean;
  readonly document: Document;
}

interface TargetObservationTable {
  readonly environment: string;
  readonly target: string;
  readonly document: Document;
}

interface DriftActionTable {
  readonly id: string;
  readonly seq: GeneratedAlways<number>;
  readonly environment: string;
  readonly ended: boolean;
  readonly document: Document;
}

interface PolicyExceptionTable {
  readonly id: string;
  readonly seq: GeneratedAlways<number>;
  readonly environment: string;
  readonly expires_at: Date;
  readonly document: Document;
}

interface ReconciliationTaskTable {
  readonly id: string;
  readonly seq: GeneratedAlways<number>;
  readonly environment: string;
  readonly open: boolean;
  readonly document: Document;
}

interface RecordTable {
  readonly id: GeneratedAlways<number>;
  readonly digest: Digest;
  readonly type: EvidenceType;
  readonly service: string;
  readonly environment: EnvironmentId | null;
  readonly release: Digest | null;
  readonly promotion: PromotionId | null;
  readonly at: Date;
  readonly bundle: Buffer;
}

interface LogLeafTable {
  readonly log_id: number;
  readonly index: number;
  readonly record: number;
}

interface EventTable {
  readonly seq: number;
  readonly record: number;
  readonly body: unknown;
}
