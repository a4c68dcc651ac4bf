import {
  ActorId,
  EnvironmentId,
  type ValidationRun,
  type Approval,
  type EnvironmentStatus,
  type JournalEntry,
  type Promotion,
} from '@fairlead/domain';
import type { Claims, Page, Paging, Store } from '@fairlead/engine';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { commit, environment, promotionId, samplePromotion, sampleRecord, someDigest } from '../testing/sample-promotion.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { postgresClaims } from '../wakes/claims.ts';
import { postgresLocalChanges } from './local-changes.ts';
import { postgresStore } from './postgres-store.ts';

let db: TestDatabase;
let store: Store;
let claims: Claims;
let appended = 0;
let next = 1;

beforeAll(async () => {
  db = await testDatabase();
  store = postgresStore({ database: db.database, log: { logId: 1, appended: () => (appended += 1) }, claimMs: 60_000 });
  claims = postgresClaims({ database: db.database, worker: 'test', claimMs: 60_000 });
});
afterAll(() => db[Symbol.asyncDispose]());
beforeEach(() => {
  appended = 0;
});

async function inserted(changes: Partial<Promotion> = {}): Promise<Promotion> {
  const promotion = samplePromotion(next++, changes);
  await store.transact((tx) => tx.write.promotions.insert(promotion, { steps: [1, 'é', '\u0000'] }));
  return promotion;
}

async function everyPage<T>(list: (paging: Paging) => Promise<Page<T>>): Promise<readonly T[]> {
  const items: T[] = [];
  for (let cursor: string | undefined; ;) {
    const page: Page<T> = await list({ limit: 2, ...(cursor === undefined ? {} : { cursor }) });
    items.push(...page.items);
    if (page.nextCursor === undefined) return items;
    cursor = page.nextCursor;
  }
}

describe('promotions', () => {
  it('come back as they were inserted, with their plan', async () => {
    const promotion = await inserted();

    expect(await store.read(({ promotions }) => promotions.get(promotion.id))).toEqual(promotion);
    expect(await store.read(({ promotions }) => promotions.plan(promotion.id))).toEqual({ steps: [1, 'é', '\u0000'] });
    expect(await store.read(({ promotions }) => promotions.get(promotionId(999_999)))).toBe('absent');
  });

  it('exist once, also with an equal plan while that one is open', async () => {
    const promotion = await inserted();
    const equal = samplePromotion(next++, { plan: promotion.plan });
    const insert = (one: Promotion): Promise<string> => store.transact((tx) => tx.write.promotions.insert(one, {}));

    expect(await insert(promotion)).toBe('exists');
    expect(await insert(equal)).toBe('exists');
    await store.transact((tx) => tx.write.promotions.change(promotion.id, (before) => ({ ...before, status: 'aborted' })));
    expect(await insert(equal)).toBe('inserted');
  });

  it('are listed newest first, page by page and by filter', async () => {
    const service = 'paged';
    const made = [
      await inserted({ service }),
      await inserted({ service }),
      await inserted({ service, status: 'ready' }),
      await inserted({ service }),
    ];
    const ids = made.map(({ id }) => id).toReversed();

    const all = await everyPage((paging) => store.read(({ promotions }) => promotions.list({ service }, paging)));
    const open = await store.read(({ promotions }) => promotions.list({ service, open: true }, { limit: 10 }));
    const ended = await store.read(({ promotions }) => promotions.list({ service, open: false, status: 'ready' }, { limit: 10 }));

    expect(all.map(({ id }) => id)).toEqual(ids);
    expect(open.items.map(({ id }) => id)).toEqual(ids.filter((id) => id !== made[2]?.id));
    expect(ended.items.map(({ id }) => id)).toEqual([made[2]?.id]);
  });

  it.each(['0', '-1', 'x', '1e3', '99999999999999999999'])('refuse the cursor %j', async (cursor) => {
    await expect(store.read(({ promotions }) => promotions.list({}, { limit: 1, cursor }))).rejects.toMatchObject({
      code: 'cursor-invalid',
    });
  });

  it.each([0, 501, 1.5])('refuse the limit %d', async (limit) => {
    await expect(store.read(({ promotions }) => promotions.list({}, { limit }))).rejects.toMatchObject({ code: 'limit-invalid' });
  });

  it('say what an environment is meant to run: the one merged last, not the one made last', async () => {
    const where = EnvironmentId.parse('intended/prod');
    const [first, second, third] = [
      await inserted({ environment: where }),
      await inserted({ environment: where }),
      await inserted({ environment: where, status: 'aborted' }),
    ];
    const merge = (promotion: Promotion): Promise<unknown> =>
      store.transact((tx) => tx.write.promotions.change(promotion.id, (before) => ({ ...before, status: 'merged', mergeCommit: commit })));

    expect(await store.read(({ promotions }) => promotions.intended(where))).toBe('absent');
    await merge(second);
    await merge(first);
    await store.transact((tx) => tx.write.promotions.change(second.id, (before) => ({ ...before, status: 'ready' })));

    expect(await store.read(({ promotions }) => promotions.intended(where))).toMatchObject({ id: first.id });
    expect((await store.read(({ promotions }) => promotions.open(where))).map(({ id }) => id)).toEqual([first.id]);
    expect(third.status).toBe('aborted');
  });
});

describe('writing under a claim', () => {
  async function claimed(): Promise<{ readonly promotion: Promotion; readonly claim: { id: Promotion['id']; version: number } }> {
    const promotion = await inserted();
    const claim = await claims.take(promotion.id);
    if (claim === 'not-mine') throw new Error('not claimed');
    return { promotion, claim };
  }
  const intent = (promotion: Promotion, key: string): JournalEntry => ({
    promotion: promotion.id,
    step: 'open-change',
    key,
    intendedAt: '2026-01-02T03:04:05.678Z',
  });

  it('goes on with the claim that the last write gave, and fails with an older one', async () => {
    const { promotion, claim } = await claimed();

    const newer = await store.transact((tx) => tx.write.promotions.save({ ...promotion, failures: 1 }, claim));
    await store.transact((tx) => tx.write.promotions.save({ ...promotion, failures: 2 }, newer));

    await expect(store.transact((tx) => tx.write.promotions.save({ ...promotion, failures: 9 }, newer))).rejects.toMatchObject({
      code: 'claim-lost',
    });
    expect(await store.read(({ promotions }) => promotions.get(promotion.id))).toMatchObject({ failures: 2 });
  });

  it('fails once a person has changed the promotion, which is due again at once', async () => {
    const { promotion, claim } = await claimed();

    await store.transact((tx) => tx.write.promotions.change(promotion.id, (before) => ({ ...before, failures: 5 })));

    await expect(store.transact((tx) => tx.write.promotions.save(promotion, claim))).rejects.toMatchObject({ code: 'claim-lost' });
    await expect(store.transact((tx) => tx.write.promotions.intend(intent(promotion, 'x'), claim))).rejects.toMatchObject({
      code: 'claim-lost',
    });
    expect(await claims.take(promotion.id)).toMatchObject({ id: promotion.id });
    expect(await store.read(({ promotions }) => promotions.journal(promotion.id))).toEqual([]);
  });

  it('journals an intent and its result, lets a failed effect be tried again and a done one not', async () => {
    const { promotion, claim } = await claimed();
    const entry = intent(promotion, 'open');
    const at = '2026-01-02T03:04:06.000Z';
    const failed: JournalEntry = { ...entry, result: { at, how: 'failed', detail: 'forge is down' } };
    const acted: JournalEntry = { ...entry, result: { at, how: 'acted', detail: '#7' } };
    const journal = (): Promise<readonly JournalEntry[]> => store.read(({ promotions }) => promotions.journal(promotion.id));

    await store.transact((tx) => tx.write.promotions.intend(entry, claim));
    await store.transact((tx) => tx.write.promotions.intend(intent(promotion, 'push'), claim));
    expect(await journal()).toEqual([entry, intent(promotion, 'push')]);
    await store.transact((tx) => tx.write.promotions.settle(failed));
    expect(await journal()).toEqual([failed, intent(promotion, 'push')]);
    await store.transact((tx) => tx.write.promotions.intend(entry, claim));
    await store.transact((tx) => tx.write.promotions.settle(acted));

    await expect(store.transact((tx) => tx.write.promotions.intend(entry, claim))).rejects.toMatchObject({ code: 'already-settled' });
    expect(await journal()).toEqual([acted, intent(promotion, 'push')]);
  });

  it('waits for a freeze that is being decided, so that their order is that of their commits', async () => {
    const { promotion, claim } = await claimed();
    const freeze = await db.database.pool.connect();
    await freeze.query('begin');
    await freeze.query('update fairlead.control set frozen = true where scope = $1', [promotion.environment]);

    const intending = store.transact((tx) => tx.write.promotions.intend(intent(promotion, 'x'), claim)).then(() => 'intended' as const);
    const waits = async (): Promise<boolean> =>
      (await db.query('superuser', `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`))
        .length > 0;
    while (!(await waits()));
    await freeze.query('commit');
    freeze.release();

    expect(await intending).toBe('intended');
  });
});

describe('evidence', () => {
  it('is there after the commit, and the log is told once', async () => {
    const promotion = await inserted();
    const records = [sampleRecord(1, { promotion: promotion.id }), sampleRecord(2, { promotion: promotion.id, type: 'approval' })];

    await store.transact(async (tx) => {
      for (const record of records) await tx.write.evidence.append(record);
      expect(appended).toBe(0);
    });

    expect(appended).toBe(1);
    const page = await store.read(({ evidence }) => evidence.list({ promotion: promotion.id }, { limit: 10 }));
    expect(page.items.map(({ digest }) => digest)).toEqual(records.map(({ digest }) => digest).toReversed());
    const { items } = await store.read(({ evidence }) =>
      evidence.list({ promotion: promotion.id, environment, type: 'merge' }, { limit: 1 }),
    );
    expect(items).toEqual([
      {
        digest: someDigest('record 1'),
        type: 'merge',
        environment,
        promotion: promotion.id,
        at: '2026-01-02T03:04:05.678Z',
        bundle: Buffer.from('{"n":1}'),
      },
    ]);
    expect(await store.read(({ evidence }) => evidence.get(someDigest('none')))).toBe('absent');
  });

  it('is not there after a roll-back, and the log is not told', async () => {
    const failing = store.transact(async (tx) => {
      await tx.write.evidence.append(sampleRecord(3));
      throw new Error('changed my mind');
    });

    await expect(failing).rejects.toThrow('changed my mind');
    expect(appended).toBe(0);
    expect(await store.read(({ evidence }) => evidence.get(someDigest('record 3')))).toBe('absent');
  });
});

describe('releases', () => {
  it('are one for each version', async () => {
    const release = {
      digest: someDigest('r1'),
      service: 'shop',
      version: '1.2.3',
      manifest: 'kind: ReleaseManifest\n',
      registeredAt: '2026-01-02T03:04:05.678Z',
      record: someDigest('rr'),
    };
    const insert = (one: typeof release): Promise<string> => store.transact((tx) => tx.write.releases.insert(one));

    expect(await insert(release)).toBe('inserted');
    expect(await insert(release)).toBe('exists');
    expect(await insert({ ...release, digest: someDigest('other') })).toBe('conflict');
    expect(await insert({ ...release, digest: someDigest('r2'), version: '1.2.4' })).toBe('inserted');

    expect(await store.read(({ releases }) => releases.get(release.digest))).toEqual(release);
    expect(await store.read(({ releases }) => releases.byVersion('shop', '1.2.4'))).toMatchObject({ digest: someDigest('r2') });
    expect(await store.read(({ releases }) => releases.byVersion('shop', '9'))).toBe('absent');
    const all = await everyPage((paging) => store.read(({ releases }) => releases.list({ service: 'shop' }, paging)));
    expect(all.map(({ version }) => version)).toEqual(['1.2.4', '1.2.3']);
  });
});

describe('environments', () => {
  const status = (service: string, name: string): EnvironmentStatus => ({
    service,
    environment: name,
    tier: 'dev',
    delivered: { verdict: 'none', targets: [] },
    live: [],
    routes: [],
    validation: [],
    readiness: { verdict: 'unknown', asOf: '2026-01-02T03:04:05.678Z', blockers: [] },
  });

  it('keep their last status and are listed by name', async () => {
    for (const one of [status('b', 'prod'), status('a', 'prod'), status('a', 'dev'), { ...status('a', 'dev'), tier: 'staging' as const }])
      await store.transact((tx) => tx.write.environments.save(one));

    expect(await store.read(({ environments }) => environments.status(EnvironmentId.parse('a/dev')))).toEqual({
      ...status('a', 'dev'),
      tier: 'staging',
    });
    expect(await store.read(({ environments }) => environments.status(EnvironmentId.parse('a/none')))).toBe('absent');
    const all = await everyPage((paging) => store.read(({ environments }) => environments.list({}, paging)));
    expect(all.map((one) => `${one.service}/${one.environment}`)).toEqual(['a/dev', 'a/prod', 'b/prod']);
    const some = await store.read(({ environments }) => environments.list({ service: 'a', environment: 'prod' }, { limit: 5 }));
    expect(some.items).toEqual([status('a', 'prod')]);
    await expect(store.read(({ environments }) => environments.list({}, { limit: 5, cursor: '7' }))).rejects.toMatchObject({
      code: 'cursor-invalid',
    });
  });
});

describe('approvals', () => {
  it('stay in the order in which they were given', async () => {
    const promotion = await inserted();
    const approval = (n: number): Approval => ({
      record: someDigest(`approval ${String(n)}`),
      promotion: promotion.id,
      decision: n === 2 ? 'reject' : 'approve',
      content: someDigest('content'),
      actor: { ...promotion.requestedBy, id: ActorId.parse(`local:p${String(n)}`) },
      at: '2026-01-02T03:04:05.678Z',
    });

    for (const n of [2, 1]) await store.transact((tx) => tx.write.approvals.insert(approval(n)));

    expect(await store.read(({ approvals }) => approvals.of(promotion.id))).toEqual([approval(2), approval(1)]);
    await expect(db.database.pool.query('delete from fairlead.approval')).rejects.toThrow('permission denied');
  });
});

describe('validation runs', () => {
  const requested = (phase: string): Omit<ValidationRun, 'attempt'> => ({
    environment,
    phase,
    retry: 0,
    release: someDigest('release'),
    revision: commit,
    status: 'requested',
    requestedBy: 'local:ada',
    requestedAt: '2026-01-02T03:04:05.678Z',
    checks: [],
  });

  it('are numbered within their phase, also when requested at once', async () => {
    const runs = await Promise.all(
      Array.from({ length: 8 }, () => store.transact((tx) => tx.write.validations.request(requested('smoke')))),
    );
    const other = await store.transact((tx) => tx.write.validations.request(requested('load')));

    await store.transact((tx) => tx.write.validations.save({ ...other, status: 'passed' }));

    expect(runs.map(({ attempt }) => attempt).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(
      (await store.read(({ validations }) => validations.latest(environment))).map((run) => [run.phase, run.attempt, run.status]),
    ).toEqual([
      ['load', 1, 'passed'],
      ['smoke', 8, 'requested'],
    ]);
    const all = await everyPage((paging) => store.read(({ validations }) => validations.list({ environment, phase: 'smoke' }, paging)));
    expect(all.map(({ attempt }) => attempt)).toHaveLength(8);
    await expect(store.transact((tx) => tx.write.validations.save({ ...other, attempt: 99 }))).rejects.toMatchObject({
      code: 'validation-run-unknown',
    });
  });
});

describe('tokens', () => {
  it('are used up by exactly one of those who try', async () => {
    const token = { hash: 'ab', id: 't1', user: 'ada', role: 'admin', createdAt: 'now', expiresAt: 'later', once: true };
    await store.transact((tx) => tx.write.tokens.insert(token));
    await store.transact((tx) => tx.write.tokens.insert({ ...token, hash: 'cd', environments: ['shop/prod'] }));

    expect(await store.read(({ tokens }) => tokens.byHash('ab'))).toEqual(token);
    const removed = await Promise.all([1, 2, 3].map(() => store.transact((tx) => tx.write.tokens.remove('ab'))));

    expect(removed.sort()).toEqual(['gone', 'gone', 'removed']);
    expect(await store.read(({ tokens }) => tokens.byHash('ab'))).toBe('absent');
    expect((await everyPage((paging) => store.read(({ tokens }) => tokens.list(paging)))).map(({ hash }) => hash)).toEqual(['cd']);
  });
});

describe('a transaction', () => {
  it('that lost a deadlock is run again', async () => {
    const [a, b] = [await inserted(), await inserted()];
    let meet: () => void = () => undefined;
    const met = new Promise<void>((done) => (meet = done));
    let first = 0;
    const crossing = (from: Promotion, to: Promotion): Promise<unknown> =>
      store.transact(async (tx) => {
        await tx.write.promotions.change(from.id, (before) => ({ ...before, failures: before.failures + 1 }));
        first += 1;
        if (first === 2) meet();
        await met;
        await tx.write.promotions.change(to.id, (before) => ({ ...before, failures: before.failures + 1 }));
      });

    await Promise.all([crossing(a, b), crossing(b, a)]);

    expect(first).toBe(3);
    const failures = await store.read(async ({ promotions }) => [await promotions.get(a.id), await promotions.get(b.id)]);
    expect(failures).toEqual([expect.objectContaining({ failures: 2 }), expect.objectContaining({ failures: 2 })]);
  });

  it('that only reads sees one moment', async () => {
    const promotion = await inserted();

    const seen = await store.read(async ({ promotions }) => {
      const before = await promotions.get(promotion.id);
      await store.transact((tx) => tx.write.promotions.change(promotion.id, (one) => ({ ...one, failures: 3 })));
      return [before, await promotions.get(promotion.id)];
    });

    expect(seen).toEqual([promotion, promotion]);
  });
});

describe('local changes', () => {
  it('are one for each branch until they are closed', async () => {
    const changes = postgresLocalChanges(db.database);
    const wanted = { branch: 'b', base: 'main', head: commit, title: 't', body: '', promotion: promotionId(1) };

    const [one, same] = await Promise.all([changes.findOrCreate(wanted), changes.findOrCreate(wanted)]);
    await changes.close(one.number, 'replaced');
    await changes.close(one.number, 'again');
    const another = await changes.findOrCreate(wanted);

    expect(same).toEqual(one);
    expect(another.number).not.toBe(one.number);
    expect(await changes.read(one.number)).toMatchObject({ branch: 'b', closed: { reason: 'replaced' } });
    expect(await changes.read(987_654)).toBe('absent');
  });
});
