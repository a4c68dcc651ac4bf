import {
  bundleFiles,
  bundleGaps,
  bundleManifest,
  bundlePage,
  ConflictError,
  inBundleOrder,
  manifestFile,
  NotFoundError,
  plannedContent,
  type Actor,
  type BundleAudience,
  type BundleContents,
  type BundledRecord,
  type BundleFile,
  type BundleSubject,
  type EarlierCheckpoint,
  type EvidenceKeys,
  type Json,
  type Promotion,
  type PromotionId,
} from '@fairlead/domain';
import type { EnginePorts } from '../engine-ports.ts';
import type { ProvenRecords } from '../ports/evidence-log.ts';
import { manifestOf } from '../release/manifest-of.ts';
import { bundledRecords, promotionRecords } from './promotion-records.ts';

export interface BundleRequest {
  readonly promotion: PromotionId;
  readonly audience: BundleAudience;
  /** The signed note of a checkpoint that the caller holds: the bundle then shows that the log continues it. */
  readonly since?: string;
}

export interface ExportedBundle {
  readonly name: string;
  /** In the archive's order. */
  readonly files: readonly BundleFile[];
  /** What the bundle lacks to be a complete proof, by code. */
  readonly missing: readonly string[];
}

type BundlePorts = Pick<EnginePorts, 'store' | 'signer' | 'clock' | 'evidenceLog'>;

/** Everything that proves one promotion, ready to be written. Changes nothing. */
export async function exportBundle(ports: BundlePorts, request: BundleRequest, actor: Actor): Promise<ExportedBundle> {
  const { store, evidenceLog, signer, clock } = ports;
  const promotion = await promotionToProve(ports, request);
  const stored = await store.read((reader) => promotionRecords(reader, promotion));
  const newest = stored.at(-1);
  if (newest !== undefined) await evidenceLog.covered(newest.digest);
  const proven = await evidenceLog.prove(stored.map(({ digest }) => digest));
  const earlier = request.since === undefined ? undefined : await evidenceLog.continues(request.since, proven.size);
  const documents = request.audience === 'full' ? await citedDocuments(ports, promotion) : [];

  const { service, environment, release, id } = promotion;
  const subject: BundleSubject = { at: clock.now().toISOString(), actor, service, environment, release: release.digest, promotion: id };
  const records = bundledRecords(stored, proven);
  const keys = await evidenceLog.keys();
  const { contents, missing } = contentsOf({ request, subject, proven, records, documents, keys, earlier });
  const files = bundleFiles(contents);
  const manifest = await signer.sign(bundleManifest(subject, { contents, files, missing }));

  const name = `fairlead-${environment.replace('/', '-')}-${id}${request.audience === 'full' ? '' : `-${request.audience}`}.tar`;
  return { name, files: inBundleOrder(manifestFile(manifest.bundle), files), missing };
}

async function promotionToProve({ store }: BundlePorts, { promotion: id, audience }: BundleRequest): Promise<Promotion> {
  const promotion = await store.read((reader) => reader.promotions.get(id));
  if (promotion === 'absent') throw new NotFoundError('promotion-unknown', `no promotion ${id}`, { hint: 'fairlead promotion list' });
  if (audience === 'full' || promotion.status === 'ready') return promotion;
  throw new ConflictError('promotion-not-ready', `promotion ${id} is ${promotion.status}: a tenant gets a bundle of what is ready`, {
    hint: 'export it without --audience tenant, for those who may see why',
  });
}

/** What records cite by digest, in the form that the digest is of. */
async function citedDocuments({ store }: BundlePorts, promotion: Promotion): Promise<readonly Json[]> {
  const manifest = await manifestOf(store, promotion.release.digest);
  // As stored: reading it by today's schema could drop what it was hashed with.
  const plan = await store.read((reader) => reader.promotions.plan(promotion.id));
  return [{ ...manifest }, ...(plan === 'absent' ? [] : [plannedContent(plan)])];
}

interface Gathered {
  readonly request: BundleRequest;
  readonly subject: BundleSubject;
  readonly proven: ProvenRecords;
  readonly records: readonly BundledRecord[];
  readonly documents: readonly Json[];
  readonly keys: EvidenceKeys;
  readonly earlier: EarlierCheckpoint | undefined;
}

function contentsOf(gathered: Gathered): { readonly contents: BundleContents; readonly missing: readonly string[] } {
  const { request, subject, proven, records, documents, keys, earlier } = gathered;
  const { audience } = request;
  const { origin, size, checkpoint } = proven;
  const missing = bundleGaps(records);
  const page = bundlePage({ subject, audience, origin, size, records, missing });
  const { log, recordKeys } = keys;
  const contents: BundleContents = {
    ...{ audience, checkpoint, size, records, documents, page },
    keys: { log: { ...log }, recordKeys: recordKeys.map((key) => ({ ...key })) },
    ...(earlier === undefined ? {} : { earlier }),
  };
  return { contents, missing };
}
