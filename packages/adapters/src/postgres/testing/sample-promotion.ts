import { CommitSha, type Digest, digestOf, EnvironmentId, ActorId, PromotionId, type Promotion, type SignedRecord } from '@fairlead/domain';

export const environment = EnvironmentId.parse('shop/prod');
export const commit = CommitSha.parse('a'.repeat(40));
export const someDigest = (of: string): Digest => digestOf({ of });

/** The n-th promotion id. */
export function promotionId(n: number): PromotionId {
  return PromotionId.parse(`p-${String(n).padStart(26, '0')}`);
}

/** A promotion that was just planned. */
export function samplePromotion(n: number, changes: Partial<Promotion> = {}): Promotion {
  return {
    id: promotionId(n),
    kind: 'release',
    service: 'shop',
    environment,
    release: { digest: someDigest('release'), version: '1.0.0', commit },
    status: 'planned',
    requestedBy: {
      id: ActorId.parse('local:ada'),
      issuer: 'local',
      subject: 'ada',
      amr: [],
      kind: 'person',
      groups: [],
    },
    requestedAt: '2026-01-02T03:04:05.678Z',
    plan: someDigest(`plan ${String(n)}`),
    base: commit,
    content: { edits: someDigest('edits'), before: 'absent', after: someDigest('after'), policy: someDigest('policy') },
    branch: `fairlead/shop/prod/${String(n)}`,
    syncs: [],
    blockers: [],
    failures: 0,
    ...changes,
  };
}

/** A record as a signer gives it, whose signature nobody looks at. */
export function sampleRecord(n: number, changes: Partial<SignedRecord['evidence']> = {}): SignedRecord {
  const at = '2026-01-02T03:04:05.678Z';
  return {
    digest: someDigest(`record ${String(n)}`),
    evidence: {
      type: 'merge',
      at,
      service: 'shop',
      environment,
      subjects: [{ name: 'commit', digest: { gitCommit: commit } }],
      body: {},
      ...changes,
    },
    bundle: Buffer.from(`{"n":${String(n)}}`),
    leaf: Buffer.from(`leaf ${String(n)}`),
  };
}
