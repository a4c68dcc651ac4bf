import { recordedEvidence, type Promotion } from '@fairlead/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isReady, promotionWhen, started, until } from './world/api.ts';
import { fairlead } from './world/fairlead-program.ts';
import { loggedEvents } from './world/logged-events.ts';
import { startStand, type Stand } from './world/stand.ts';

/** What the world sees of a promotion, in order: each is a moment at which an effect is there and nobody has written it down. */
const moments = ['branch pushed', 'merge pushed', 'operation taken up', 'route asked'] as const;
type Moment = (typeof moments)[number];

const environment = 'dev-control-rke2';
const Application = z.object({
  status: z
    .object({
      operationState: z.object({ phase: z.string() }).optional(),
      history: z.array(z.object({ revision: z.string() })).default([]),
    })
    .default({ history: [] }),
});

let stand: Stand;
let happened: (moment: Moment) => void = () => undefined;
let pushes = 0;

beforeAll(async () => {
  stand = await startStand({
    onPush: () => {
      pushes += 1;
      happened(pushes % 2 === 1 ? 'branch pushed' : 'merge pushed');
    },
    onRoute: () => {
      happened('route asked');
    },
  });
});
afterAll(() => stand[Symbol.asyncDispose]());

/** Settles at the moment, and not before. */
function moment(wanted: Moment): Promise<unknown> {
  if (wanted === 'operation taken up') {
    return until(wanted, async () => {
      const { status } = Application.parse(await stand.world.target(environment));
      return status.operationState?.phase === 'Running' ? wanted : undefined;
    });
  }
  return new Promise<void>((resolve) => {
    happened = (seen) => {
      if (seen === wanted) resolve();
    };
  });
}

describe('a promotion whose server is killed again and again', () => {
  let promotion: Promotion;

  it('is ready in the end', async () => {
    pushes = 0; // the example was published by pushes, too
    let killed = 0;
    let next = moment(moments[0]);
    const { id } = await started(stand.admin(), environment, '1.41.0');
    for (const index of moments.keys()) {
      await next;
      const following = moments[index + 1];
      if (following !== undefined) next = moment(following);
      await stand.crash();
      killed += 1;
    }

    promotion = await promotionWhen(stand.admin(), id, isReady);
    expect(killed).toBe(moments.length);
  });

  it('made one branch with one commit, and one merge', async () => {
    const { developer } = stand.world;
    const of = `--grep=Fairlead-Promotion: ${promotion.id}`;
    const commits = await developer.log('--format=%H', '--no-merges', of, `origin/${promotion.branch}`);
    const merges = await developer.log('--format=%H', '--merges', '--first-parent', of, 'origin/main');

    expect([commits, merges]).toEqual([promotion.head, promotion.mergeCommit]);
  });

  it('was synced once, as Argo CD says', async () => {
    const { status } = Application.parse(await stand.world.target(environment));

    expect(status.history.map(({ revision }) => revision)).toEqual([promotion.mergeCommit]);
  });

  it('wrote each step down once', async () => {
    const { items } = await stand.admin()('listEvidence', { query: { promotion: promotion.id, limit: '500' } });
    const facts: string[] = [];
    for (const { digest, type } of items) {
      if (type === 'sync-observation' || type === 'live-digests' || type === 'readiness') continue; // looks, which may be many
      const { bundle } = await stand.admin()('getEvidence', { params: { digest } });
      const { step, key, stage, from, phase, attempt, gate } = Facts.parse(recordedEvidence(Buffer.from(bundle)).body);
      facts.push([type, step, key, stage, from, phase, attempt, gate].join(' ').trim());
    }

    expect(facts.toSorted()).toEqual([...new Set(facts)].toSorted());
    expect(facts.filter((fact) => fact.startsWith('validation '))).toHaveLength(2);
    expect(facts.filter((fact) => fact.startsWith('merge'))).toHaveLength(1);
    expect(facts.filter((fact) => fact === 'promotion-closure')).toHaveLength(1);
  });

  it('left a ledger in which nothing is missing', async () => {
    expect(await stand.server().stop()).toBe(0);
    expect(loggedEvents(stand.server().log())).toEqual(['server-started', 'server-stopping', 'server-stopped']);
    const { code, stdout, stderr } = await fairlead(['ledger', 'fsck', '--data', stand.data, '-o', 'json'], { home: stand.home });

    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'LedgerReport', found: 0, findings: [] });
  });
});

const Facts = z.object({
  step: z.string().optional(),
  key: z.string().optional(),
  stage: z.string().optional(),
  from: z.string().optional(),
  phase: z.string().optional(),
  attempt: z.number().optional(),
  gate: z.string().optional(),
});
