import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ConflictError, FairleadError, InvalidError } from '@fairlead/domain';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.ts';
import { processStatus } from './process-status.ts';
import { installPrograms } from './programs.ts';
import { serverUser } from './server-user.ts';

const isRoot = process.getuid?.() === 0;
let home: string;
let dataDir: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'fl-embedded-'));
  await chmod(home, 0o711);
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rm(home, { recursive: true, force: true }));

let made = 0;
function newDataDir(): string {
  made += 1;
  return join(home, `data-${String(made)}`);
}

async function start(): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, settings: { fsync: 'off' } });
  onTestFinished(() => server.stop());
  return server;
}

async function query(server: EmbeddedPostgres, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client(server.connection('owner'));
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

/** A server under another process; `kill -9` of that process is the test's to do. */
async function superviseElsewhere(directory: string): Promise<{ readonly supervisor: ChildProcess; readonly said: string }> {
  const script = join(import.meta.dirname, 'fixtures/supervise.ts');
  const supervisor = spawn(process.execPath, ['--conditions=source', script, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(supervisor);
  const lines = createInterface({ input: supervisor.stdout });
  const said = await new Promise<string>((done) => lines.once('line', done));
  return { supervisor, said };
}

async function refusalOf(starting: Promise<EmbeddedPostgres>): Promise<FairleadError> {
  const outcome = await starting.catch((error: unknown) => error);
  if (outcome instanceof FairleadError) return outcome;
  throw new Error('not refused', { cause: outcome });
}

async function gone(pid: number): Promise<void> {
  await vi.waitFor(
    async () => {
      expect(await processStatus(pid)).toBe('gone');
    },
    { timeout: 10_000 },
  );
}

describe('a running server', () => {
  it('keeps its data and its socket over a restart', async () => {
    dataDir = newDataDir();
    const first = await startEmbeddedPostgres({ dataDir });
    await query(first, 'create table t as select 42 as answer');
    await first.stop();

    const second = await start();

    expect(await query(second, 'select answer from t')).toEqual([{ answer: 42 }]);
    expect(second.connection('app')).toEqual(first.connection('app'));
    expect(await query(second, 'select rolsuper, rolcreaterole, rolbypassrls from pg_roles where rolname = current_user')).toEqual([
      { rolsuper: false, rolcreaterole: false, rolbypassrls: false },
    ]);
  });

  it('refuses a second start, in this process and in another, and goes on', async () => {
    dataDir = newDataDir();
    const server = await start();

    await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(ConflictError);
    const { said } = await superviseElsewhere(dataDir);

    expect(said).toContain(`in use by process ${String(process.pid)} (PostgreSQL ${String(server.pid)})`);
    expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('ends when its supervisor is killed, and the next start has the data', async () => {
    dataDir = newDataDir();
    const { supervisor, said } = await superviseElsewhere(dataDir);
    const pid = Number(said.replace('started ', ''));

    supervisor.kill('SIGKILL');

    await gone(pid);
    expect(await query(await start(), 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('says when it ends by itself, and starts again after a crash', async () => {
    dataDir = newDataDir();
    const first = await startEmbeddedPostgres({ dataDir });
    await query(first, 'create table t as select 42 as answer');
    process.kill(first.pid, 'SIGKILL');

    expect(await first.exited).toMatchObject({ signal: 'SIGKILL' });
    expect(await query(await start(), 'select answer from t')).toEqual([{ answer: 42 }]);
  });

  it('starts once when two start at once on new data', async () => {
    dataDir = newDataDir();

    const both = await Promise.all([superviseElsewhere(dataDir), superviseElsewhere(dataDir)]);

    const outcomes = both.map(({ said }) => said.split(' ')[0]).sort();
    expect(outcomes).toEqual(['refused', 'started']);
    expect(both.find(({ said }) => said.startsWith('refused'))?.said).toContain('in use by');
  });
});

describe('what an earlier start left', () => {
  async function madeDataDirectory(): Promise<string> {
    dataDir = newDataDir();
    await (await start()).stop();
    return join(dataDir, 'postgres');
  }

  it('is stopped, not adopted, when it is a server without its supervisor', async () => {
    const data = await madeDataDirectory();
    const user = await serverUser(data);
    const programs = await installPrograms(isRoot ? '/var/lib/fairlead' : join(process.env['HOME'] ?? '', '.local/state/fairlead'), user);
    const sockets = newDataDir();
    await mkdir(sockets, { mode: 0o777 });
    await chmod(sockets, 0o777);
    const options = ['-c', 'listen_addresses=', '-c', `unix_socket_directories=${sockets}`, '-c', 'cluster_name=fairlead-4194305'];
    const orphan = spawn(join(programs.bin, 'postgres'), ['-D', data, ...options], {
      ...user.as,
      cwd: '/',
      env: {},
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    children.push(orphan);
    await vi.waitFor(
      async () => {
        expect(await readdir(sockets)).toContain('.s.PGSQL.5432');
      },
      { timeout: 10_000 },
    );

    const server = await start();

    await gone(orphan.pid ?? 0);
    expect(server.pid).not.toBe(orphan.pid);
    expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it.each([
    ['now belongs to another program', () => process.pid],
    ['belongs to nobody', () => 4_194_304],
  ])('does not matter when it is a pid file whose number %s', async (_, pid) => {
    const data = await madeDataDirectory();
    await writeFile(join(data, 'postmaster.pid'), `${String(pid())}\n${data}\n1\n5432\n/nowhere\n\n0 0\nready\n`);

    expect(await query(await start(), 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('is removed when it is a half made data directory of a dead process', async () => {
    dataDir = newDataDir();
    await mkdir(join(dataDir, 'postgres.new-4194304'), { recursive: true });
    await chmod(dataDir, 0o711);

    await start();

    expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'postgres-access']);
  });
});

describe('a data directory that is not for us is refused, unchanged', () => {
  it('when it is of another PostgreSQL', async () => {
    dataDir = newDataDir();
    const data = join(dataDir, 'postgres');
    await mkdir(data, { recursive: true });
    await chmod(dataDir, 0o711);
    await writeFile(join(data, 'PG_VERSION'), '17\n');

    const refusal = await refusalOf(startEmbeddedPostgres({ dataDir }));

    expect(refusal.code).toBe('data-directory-other-major');
    expect(refusal.message).toContain('is of PostgreSQL 17, this Fairlead brings 18');
    expect(refusal.hint).toContain('fairlead backup');
    expect(await readdir(data)).toEqual(['PG_VERSION']);
  });

  it('when it holds something else', async () => {
    dataDir = newDataDir();
    await mkdir(join(dataDir, 'postgres'), { recursive: true });
    await chmod(dataDir, 0o711);
    await writeFile(join(dataDir, 'postgres/thesis.txt'), 'dear');

    await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(InvalidError);

    expect(await readFile(join(dataDir, 'postgres/thesis.txt'), 'utf8')).toBe('dear');
  });

  it('when the socket path is longer than the system allows', async () => {
    dataDir = newDataDir();

    await expect(startEmbeddedPostgres({ dataDir, runtimeDir: join(home, 'r'.repeat(100)) })).rejects.toThrow(/the system allows 107/);

    expect(await readdir(dataDir)).toEqual([]);
  });

  it('when somebody else made the folder of the socket', async () => {
    dataDir = newDataDir();
    const runtimeDir = newDataDir();
    await (await startEmbeddedPostgres({ dataDir, runtimeDir })).stop();
    const name = createHash('sha256').update(join(dataDir, 'postgres')).digest('hex').slice(0, 12);
    await rm(join(runtimeDir, name), { recursive: true, force: true });
    await writeFile(join(runtimeDir, name), '');

    await expect(startEmbeddedPostgres({ dataDir, runtimeDir })).rejects.toMatchObject({ code: 'socket-directory-foreign' });
  });

  it.runIf(isRoot)('when the server, which does not run as root, cannot reach it', async () => {
    const closed = newDataDir();
    await mkdir(closed, { mode: 0o700 });

    const refusal = await refusalOf(startEmbeddedPostgres({ dataDir: join(closed, 'data') }));

    expect(refusal.code).toBe('directory-unreachable');
    expect(refusal.hint).toContain(`chmod o+x ${closed}`);
  });
});
