import { SuspensionList } from '@fairlead/api';
import { recordedEvidence, type JsonObject } from '@fairlead/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from './world/api.ts';
import { fairlead, type Ended } from './world/fairlead-program.ts';
import { service } from './world/paths.ts';
import { startStand, type Stand } from './world/stand.ts';

const staging = `${service}/staging`;

async function asOperator(stand: Stand): Promise<(...words: readonly string[]) => Promise<Ended>> {
  const env = { FAIRLEAD_SERVER: stand.server().url, FAIRLEAD_TOKEN: await stand.token('rae', 'operator') };
  return (...words) => fairlead(words, { home: stand.home, env });
}

/** Oldest first. */
async function acts(stand: Stand): Promise<readonly JsonObject[]> {
  const call = stand.admin();
  const { items } = await call('listEvidence', { query: { environment: staging, type: 'suspension' } });
  const bundles = await Promise.all(items.map(({ digest }) => call('getEvidence', { params: { digest } })));
  return bundles.map(({ bundle }) => recordedEvidence(Buffer.from(bundle)).body).toReversed();
}

describe('at the command line, what Flux delivers', () => {
  let stand: Stand;
  let run: Awaited<ReturnType<typeof asOperator>>;
  beforeAll(async () => {
    stand = await startStand({ controller: 'flux' });
    run = await asOperator(stand);
  });
  afterAll(() => stand[Symbol.asyncDispose]());

  const suspend = ['environment', 'suspend', staging, '--reason', 'the database is moved'] as const;

  it('is not suspended without a reason, an end, or a yes', async () => {
    const answers = [
      await run('environment', 'suspend', staging, '--expires-in', '2h', '--yes'),
      await run(...suspend, '--yes'),
      await run(...suspend, '--expires-in', '2h'),
      await run(...suspend, '--expires-in', '365d', '--yes'),
      await run(...suspend, '--expires-in', '2h', '--dry-run'),
    ];

    expect(answers.map(({ code }) => code)).toEqual([2, 2, 2, 1, 0]);
    expect(answers[3]?.stderr).toContain('longer than the policy allows');
    expect(answers[4]?.stderr).toContain('Flux would not touch platform-control-staging on sandbox until');
    expect(await acts(stand)).toEqual([]);
  });

  it('is suspended for a time: with who, why and until when in every list', async () => {
    const done = await run(...suspend, '--expires-in', '2h', '--yes');
    const listed = await run('environment', 'suspensions', '-o', 'json');
    const status = await run('status', '-e', staging);
    const explained = await run('explain', `environment/${staging}`);

    expect([done.code, done.stderr]).toEqual([0, expect.stringContaining('Flux would not touch')]);
    const [suspension] = SuspensionList.parse(JSON.parse(listed.stdout)).items;
    expect(suspension).toMatchObject({ environment: staging, by: 'local:rae', reason: 'the database is moved' });
    expect(status.stdout).toMatch(/platform-control\/staging .* suspended until \d{4}-/);
    expect(explained.stdout).toContain(`suspended: platform-control-staging on sandbox, by local:rae: the database is moved`);
    expect(explained.stdout).toContain(suspension?.until);
  });

  it('takes no promotion meanwhile, and says how to go on', async () => {
    const refused = await fairlead(['promote', service, '--release', '1.41.0', '--to', 'staging', '--yes'], {
      home: stand.home,
      env: { FAIRLEAD_SERVER: stand.server().url, FAIRLEAD_TOKEN: stand.adminToken() },
    });

    expect(refused.code).toBe(5);
    expect(refused.stderr).toContain('Kustomization flux-system/platform-control-staging is suspended');
    expect(refused.stderr).toContain('fairlead environment resume');
  });

  it('is resumed by hand, on record; once', async () => {
    const resume = ['environment', 'resume', staging, '--reason', 'it has moved', '--yes'] as const;
    const answers = [await run(...resume), await run(...resume)];

    expect(answers.map(({ stdout }) => stdout.trim())).toEqual([
      'platform-control-staging on sandbox is resumed',
      'platform-control-staging on sandbox was not suspended',
    ]);
    expect(await acts(stand)).toMatchObject([
      { action: 'suspend', actor: { id: 'local:rae' }, reason: 'the database is moved' },
      { action: 'resume', actor: { id: 'local:rae' }, reason: 'it has moved' },
    ]);
  });

  it('is resumed by itself when its time is over', async () => {
    await run(...suspend, '--expires-in', '1s', '--yes');

    const last = await until('the end of the suspension', async () =>
      (await acts(stand)).find(({ reason }) => reason === 'its time is over'),
    );

    expect(last).toMatchObject({ action: 'resume', actor: { id: 'fairlead:engine' } });
    expect((await run('environment', 'suspensions')).stderr).toContain('nothing is suspended');
    expect((await run('environment', 'resume', staging, '--reason', 'to be sure', '--yes')).stdout).toContain('was not suspended');
  });

  it('is suspended by nobody without the right to, nor in another environment than a token is for', async () => {
    const server = stand.server().url;
    const tokens = [await stand.token('vi', 'viewer'), await stand.token('dee', 'operator', ['dev-control-rke2'])];
    const answers = await Promise.all(
      tokens.map((token) =>
        fairlead([...suspend, '--expires-in', '2h', '--yes'], {
          home: stand.home,
          env: { FAIRLEAD_SERVER: server, FAIRLEAD_TOKEN: token },
        }),
      ),
    );

    expect(answers.map(({ code }) => code)).toEqual([3, 3]);
  });
});

describe('at the command line, what Argo CD delivers', () => {
  let stand: Stand;
  beforeAll(async () => {
    stand = await startStand();
  });
  afterAll(() => stand[Symbol.asyncDispose]());

  it('is never suspended: it waits to be asked anyhow, and nothing goes on record', async () => {
    const run = await asOperator(stand);

    const refused = await run('environment', 'suspend', staging, '--expires-in', '2h', '--reason', 'the database is moved', '--yes');

    expect(refused.code).toBe(5);
    expect(refused.stderr).toContain('syncs only when it is asked to: there is nothing to suspend');
    expect(await acts(stand)).toEqual([]);
  });
});
