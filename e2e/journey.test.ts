import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { permissionsOf, routes, type Route } from '@fairlead/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fairlead, type Ended } from './world/fairlead-program.ts';
import { releaseFile, service } from './world/paths.ts';
import { startStand, type Stand } from './world/stand.ts';

let stand: Stand;

beforeAll(async () => {
  stand = await startStand();
});
afterAll(() => stand[Symbol.asyncDispose]());

/** The program with the context that `login` left behind. */
const run = (...words: readonly string[]): Promise<Ended> => fairlead(words, { home: stand.home });
/** The program of somebody who has a token. */
const runAs = (token: string, ...words: readonly string[]): Promise<Ended> =>
  fairlead(words, { home: stand.home, env: { FAIRLEAD_SERVER: stand.server().url, FAIRLEAD_TOKEN: token } });

describe('a person at the command line', () => {
  it('is told how to sign in', async () => {
    const { code, stderr } = await run('status');

    expect(code).toBe(3);
    expect(stderr).toContain('fix: fairlead login --link URL');
  });

  it('signs in once by the link, and the token is theirs alone', async () => {
    const link = await stand.restart();
    const { code } = await run('login', '--link', link);
    const again = await run('login', '--link', link);
    const { mode } = await stat(join(stand.home, '.config/fairlead/config.yaml'));

    expect(code).toBe(0);
    expect([again.code, again.stderr]).toEqual([3, expect.stringContaining('link-used')]);
    expect(mode & 0o777).toBe(0o600);
  });

  it('sees every environment before anything is promoted', async () => {
    const { code, stdout } = await run('status', '-o', 'name');

    expect([code, stdout]).toEqual([0, ['dev-control-rke2', 'staging', 'prod'].map((name) => `environment/${service}/${name}\n`).join('')]);
  });

  it('reads the plan of a dry run, which begins nothing', async () => {
    const { code, stdout } = await run('promote', service, '--release', '1.41.0', '--to', 'dev-control-rke2', '--dry-run');

    expect(code).toBe(0);
    expect(stdout).toContain('## promote platform-control 1.41.0 to dev-control-rke2');
    expect((await run('promotion', 'list')).stderr).toContain('no promotion');
  });

  it('promotes a manifest file and waits until it is ready', async () => {
    const { code, stdout, stderr } = await run(
      ...['promote', service, '--release', releaseFile('1.41.0'), '--to', 'dev-control-rke2', '--yes', '--wait', '-o', 'json'],
    );

    expect([code, JSON.parse(stdout)]).toMatchObject([0, { status: 'ready', release: { version: '1.41.0' } }]);
    expect(stderr.match(/ 1\.41\.0 (\w+)$/gm)?.at(-1)).toContain('ready');
  });

  it('has nothing to do a second time', async () => {
    const { code, stderr } = await run('promote', service, '--release', '1.41.0', '--to', 'dev-control-rke2', '--yes', '--wait');

    expect([code, stderr]).toEqual([0, 'platform-control/dev-control-rke2 has release 1.41.0 already\n']);
  });

  it('is refused what comes out of order, with the blocker and its fix', async () => {
    const { code, stderr } = await run('promote', service, '--release', '1.41.0', '--to', 'prod', '--yes');

    expect(code).toBe(5);
    expect(stderr).toContain('order: release 1.41.0 has not been ready in staging');
    expect(stderr).toContain(`fix: fairlead promote ${service} --release 1.41.0 --to staging --wait`);
  });

  it('is told of a release that nobody registered', async () => {
    const { code, stderr } = await run('promote', service, '--release', '9.9.9', '--to', 'staging', '--yes');

    expect([code, stderr]).toEqual([4, expect.stringContaining('release-unknown')]);
  });

  it('times out at a gate of other people, with what it waits for', async () => {
    const { code, stderr } = await run(
      ...['promote', service, '--release', '1.41.0', '--to', 'staging', '--yes', '--wait', '--timeout', '4s'],
    );

    expect(code).toBe(6);
    expect(stderr).toContain('approval: 1 of 1 approvals missing [can act: approvers]');
  });
});

describe('four eyes', () => {
  let id: string;

  beforeAll(async () => {
    id = (await run('approval', 'list', '-o', 'name')).stdout.trim().replace('promotion/', '');
  });

  const approve = async (token: string): Promise<string> => {
    const { code, stderr } = await runAs(token, 'approval', 'approve', id, '--yes');
    return `${String(code)} ${/\(([\w-]+)\)\n/.exec(stderr)?.[1] ?? ''}`.trim();
  };

  it('show what waits and who can act', async () => {
    const { stdout } = await run('approval', 'list');

    expect(stdout).toMatch(new RegExp(`${id} +${service}/staging +1\\.41\\.0 +0/1 +– +approvers +local:admin`));
    expect((await run('explain', `promotion/${id}`)).stdout).toContain('can act   approvers');
  });

  it('are not the two of the one who asked', async () => {
    const { code, stderr } = await run('approval', 'approve', id, '--yes');

    expect([code, stderr]).toEqual([5, expect.stringContaining('approval-requested-it')]);
  });

  it.each([
    { whom: 'a role that may not approve', token: () => stand.token('mallory', 'promoter'), refusal: '3 permission-missing' },
    { whom: 'another environment', token: () => stand.token('olaf', 'approver', ['prod']), refusal: '3 environment-out-of-scope' },
    { whom: 'no group that approves', token: () => stand.token('root', 'admin'), refusal: '5 approval-not-in-group' },
  ])('are not those of a person of $whom', async ({ token, refusal }) => {
    expect(await approve(await token())).toBe(refusal);
  });

  it('need a reason to say no', async () => {
    const { code, stderr } = await runAs(await stand.token('ada', 'approver'), 'approval', 'reject', id, '--yes');

    expect([code, stderr]).toEqual([2, expect.stringContaining('a rejection needs a reason')]);
  });

  it('let it go on when a second person has approved', async () => {
    const { code, stdout } = await run('token', 'create', '--user', 'ada', '--role', 'approver', '-e', 'staging');
    const ada = stdout.trim();

    expect(code).toBe(0);
    expect(await approve(ada)).toBe('0');
    expect((await run('wait', `promotion/${id}`, '--timeout', '60s')).code).toBe(0);
    expect(await approve(ada)).toBe('5 approval-not-open');
  });

  it('stand in the evidence, signed and with a proof', async () => {
    const { stdout } = await run('evidence', 'list', '-p', id, '--type', 'approval', '-o', 'name');
    const digest = stdout.trim().replace('evidence/', '');
    const { code, stdout: record } = await run('evidence', 'get', digest, '-o', 'json');

    expect(code).toBe(0);
    const { bundle, proof } = Record.parse(JSON.parse(record));
    const { dsseEnvelope } = Bundle.parse(JSON.parse(bundle));
    expect(Buffer.from(dsseEnvelope.payload, 'base64').toString()).toContain('"local:ada"');
    expect(proof).toContain('c2sp.org/tlog-proof');
  });
});

const Record = z.object({ bundle: z.string(), proof: z.string() });
const Bundle = z.object({ dsseEnvelope: z.object({ payload: z.string() }) });

describe('the status page', () => {
  let cookie: string;

  const get = (path: string, headers: Readonly<Record<string, string>> = { cookie }): Promise<Response> =>
    fetch(new URL(path, stand.server().url), { headers, redirect: 'manual' });

  beforeAll(async () => {
    const code = new URL(await stand.restart()).searchParams.get('code') ?? '';
    const page = await (await get(`/login?code=${code}`, {})).text();
    expect(page).toContain('method="post"');
    const answer = await fetch(new URL('/login', stand.server().url), {
      method: 'POST',
      body: new URLSearchParams({ code }),
      redirect: 'manual',
    });
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  });

  const pagesBehind = (page: string, link: RegExp): Promise<readonly string[]> =>
    Promise.all([...new Set([...page.matchAll(link)].map(([path]) => path))].map(async (path) => (await get(path)).text()));

  it('shows environments, what they run, what blocks them and the evidence for it', async () => {
    const { code } = await run('promote', service, '--release', '1.41.0', '--to', 'prod', '--yes', '--wait', '--timeout', '5s');
    expect(code).toBe(6);
    const page = await (await get('/')).text();

    for (const name of ['dev-control-rke2', 'staging', 'prod']) expect(page).toContain(`${service}/${name}`);
    expect(page.match(/state ready/g)).toHaveLength(2);
    expect(page).toContain('1.41.0');
    const records = await pagesBehind(page, /\/evidence\/sha256:[0-9a-f]{64}/g);
    expect(records.some((text) => text.includes('<h1>readiness'))).toBe(true);
  });

  it('leads to the promotion, with what it waits for first', async () => {
    const promotions = await pagesBehind(await (await get('/')).text(), /\/promotions\/p-[0-9a-z]{26}/g);

    expect(promotions.some((text) => text.includes('2 of 2 approvals missing'))).toBe(true);
  });

  it('lets nobody do anything by the cookie alone', async () => {
    const answer = await fetch(new URL('/api/v1/tokens', stand.server().url), {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ user: 'mallory', role: 'admin' }),
    });

    expect(answer.status).toBe(401);
  });

  it('sends a stranger to sign in', async () => {
    const answer = await get('/', {});

    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/login']);
  });
});

describe('the HTTP API', () => {
  const rows: readonly (readonly [string, Route])[] = Object.entries(routes);
  const closed = rows.filter(([, { permission }]) => permission !== 'open');

  const call = ({ method, path }: Route, token?: string): Promise<Response> =>
    fetch(new URL(`/api/v1${path.replace(/:\w+/g, 'x')}`, stand.server().url), {
      method,
      headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
      ...(method === 'POST' ? { body: '{}' } : {}),
    });

  it.each(closed)('answers %s to nobody', async (_name, route) => {
    const answer = await call(route);

    expect([answer.status, await answer.json()]).toMatchObject([401, { code: 'not-signed-in' }]);
  });

  it('answers each role what it may and nothing else', async () => {
    const roles = ['viewer', 'promoter', 'approver', 'operator', 'auditor'] as const;
    for (const role of roles) {
      const token = await stand.token(`a-${role}`, role);
      for (const [name, route] of closed) {
        const { permission } = route;
        const may = permission === 'open' || permission === 'signed-in' || permissionsOf[role].includes(permission);
        expect([role, name, (await call(route, token)).status === 403]).toEqual([role, name, !may]);
      }
    }
  });

  it('gives the signed checkpoint of the log to whoever may read evidence', async () => {
    const token = await stand.token('witness', 'auditor');
    const answer = await fetch(new URL('/checkpoint', stand.server().url), { headers: { authorization: `Bearer ${token}` } });

    expect([answer.status, await answer.text()]).toEqual([200, expect.stringMatching(/^fairlead\.local\/[0-9a-f]{16}\n\d+\n/)]);
  });

  it('opens health alone to everybody', async () => {
    const open = await Promise.all(['/healthz', '/readyz'].map(async (path) => (await fetch(new URL(path, stand.server().url))).status));

    expect(open).toEqual([200, 200]);
    expect((await fetch(new URL('/checkpoint', stand.server().url))).status).toBe(401);
    expect(rows.filter(([, { permission }]) => permission === 'open').map(([name]) => name)).toEqual(['signIn']);
  });
});

it('keeps secrets out of its log and out of its data', async () => {
  const [token] = /token: (\S+)/.exec(await readFile(join(stand.home, '.config/fairlead/config.yaml'), 'utf8'))?.slice(1) ?? [];

  expect(token).toMatch(/^fl/);
  expect(stand.server().log()).not.toContain(token);
});
