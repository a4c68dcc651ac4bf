import {
  verifierKey,
  canonicalBytes,
  CommitSha,
  ConflictError,
  type NewEvidence,
  type Promotion,
  type SignedRecord,
} from '@fairlead/domain';
import { openLog, postgresEvidenceLog, postgresStore, Sequencer, type LogKey } from '@fairlead/adapters/postgres';
import { testDatabase } from '@fairlead/adapters/postgres/testing';
import { exportBundle, type EvidenceLog, type Store } from '@fairlead/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EvidenceWorld } from './evidence-world.ts';
import { judged } from './judge.ts';
import { content, environment, liveStory, manifest, mergeCommit, person, plan, promotionId, release, time } from './story.ts';

/** A story of many records, told to a real store and log with the keys of a world. */
const steps = 1_300;
const stack = new AsyncDisposableStack();
const world = new EvidenceWorld();
const story = liveStory(world, { steps, alone: true });
let store: Store;
let evidenceLog: EvidenceLog;

const promotion: Promotion = {
  id: promotionId,
  kind: 'release',
  service: 'shop',
  environment,
  release: { digest: release, version: '1.42.0', commit: CommitSha.parse('c'.repeat(40)) },
  status: 'ready',
  requestedBy: person('rae', ['promoters']),
  requestedAt: time(1),
  plan: release,
  base: CommitSha.parse('a'.repeat(40)),
  content: { edits: content, before: 'absent', after: content, policy: content },
  branch: 'fairlead/shop/prod/1',
  mergeCommit: CommitSha.parse(mergeCommit),
  syncs: [],
  blockers: [],
  failures: 0,
  ended: { at: time(20, 1), reason: 'ready' },
};

beforeAll(async () => {
  const { database } = stack.use(await testDatabase());
  const key: LogKey = {
    origin: world.origin,
    verifierKey: verifierKey(world.origin, world.logKey.raw),
    signNote: (text) => world.note(text),
  };
  const log = await openLog(database, key);
  const sequencer = stack.use(new Sequencer({ database, log, onError: () => undefined }));
  const appended = (): void => {
    sequencer.appended();
  };
  store = postgresStore({ database, log: { logId: log.logId, appended }, claimMs: 60_000 });
  evidenceLog = postgresEvidenceLog({ database, log, recordKey: world.recordKey, covered: (record) => sequencer.covered(record) });
  await tell(store);
});
afterAll(() => stack.disposeAsync());

async function tell(to: Store): Promise<void> {
  const [registered] = story.records;
  if (registered === undefined) throw new Error('the story has no records');
  const text = new TextDecoder().decode(canonicalBytes(manifest));
  await to.transact(async (tx) => {
    await tx.write.releases.insert({
      digest: release,
      service: 'shop',
      version: '1.42.0',
      manifest: text,
      registeredAt: time(0),
      record: registered.digest,
    });
    await tx.write.promotions.insert(promotion, plan);
    for (const record of story.records) await tx.write.evidence.append(record);
  });
}

const ports = {
  clock: { now: () => new Date(time(30)) },
  signer: { sign: (evidence: Parameters<typeof world.sign>[0]): Promise<SignedRecord> => Promise.resolve(world.sign(evidence)) },
};
const request = { promotion: promotionId, audience: 'full' } as const;
const auditor = person('olga', ['auditors']);

describe('exportBundle', () => {
  it('holds every record of a promotion, however many, each with its proof', async () => {
    const { files, missing, name } = await exportBundle({ ...ports, store, evidenceLog }, request, auditor);
    const { checkpoint: _any, ...trust } = world.trust();

    expect(files.filter(({ path }) => path.startsWith('records/'))).toHaveLength(story.records.length);
    expect([name, missing]).toEqual([`fairlead-shop-prod-${promotionId}.tar`, []]);
    expect(story.records.length).toBeGreaterThan(steps);
    expect(await judged(files, trust)).toBe('verified');
  });

  it('leaves out what came after the end', async () => {
    const late = world.sign({ ...verdict(), at: time(40) });
    await store.transact((tx) => tx.write.evidence.append(late));
    const { files } = await exportBundle({ ...ports, store, evidenceLog }, request, auditor);

    expect(await judged(files, world.trust())).toBe('verified');
    expect(files.filter(({ path }) => path.startsWith('records/'))).toHaveLength(story.records.length);
  });

  it('continues a checkpoint that the log has signed, and no other', async () => {
    const since = await evidenceLog.checkpoint();
    await store.transact((tx) => tx.write.evidence.append(world.sign({ ...verdict(), at: time(41) })));
    const { files } = await exportBundle({ ...ports, store, evidenceLog }, { ...request, since: since ?? '' }, auditor);

    expect(await judged(files, world.trust(since))).toBe('verified');
    await expect(
      exportBundle({ ...ports, store, evidenceLog }, { ...request, since: new EvidenceWorld('two').checkpoint(0) }, auditor),
    ).rejects.toThrow('never had the checkpoint');
    await expect(exportBundle({ ...ports, store, evidenceLog }, { ...request, since: 'hello' }, auditor)).rejects.toThrow(
      'not a signed note',
    );
  });

  it('gives a tenant nothing of a promotion that is not ready', async () => {
    await store.transact((tx) => tx.write.promotions.change(promotionId, (stored) => ({ ...stored, status: 'failed' })));

    await expect(exportBundle({ ...ports, store, evidenceLog }, { ...request, audience: 'tenant' }, auditor)).rejects.toBeInstanceOf(
      ConflictError,
    );
  });
});

/** As a later look would put it on record. */
function verdict(): NewEvidence {
  const found = story.records.find(({ evidence }) => evidence.type === 'readiness');
  if (found === undefined) throw new Error('the story has no verdict');
  return found.evidence;
}
