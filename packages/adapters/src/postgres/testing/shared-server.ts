import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../embedded/embedded-postgres.ts';
import { migrate } from '../migrate.ts';
import { testServerVariable } from './test-server-address.ts';

/** Vitest's global set-up: one server for the whole run, started when the first test asks for it, and a migrated database to copy. */
export async function setup(): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'fl-test-'));
  await chmod(directory, 0o711);
  let starting: Promise<EmbeddedPostgres> | undefined;
  const answer = async (socket: Socket): Promise<void> => {
    starting ??= startTestServer(directory);
    const said = await starting.then(
      (server) => JSON.stringify({ connection: server.connection('superuser') }),
      (error: unknown) => JSON.stringify({ failed: String(error) }),
    );
    socket.end(said);
  };
  const door = createServer((socket) => void answer(socket));
  const path = join(directory, 'ask');
  await new Promise<void>((done) => door.listen(path, done));
  process.env[testServerVariable] = path;
  return async () => {
    door.close();
    await (await starting)?.stop();
    await rm(directory, { recursive: true, force: true });
  };
}

/** What a crash would lose doesn't matter here. */
const settings = { fsync: 'off', full_page_writes: 'off', max_connections: '200', shared_buffers: '64MB' };

async function startTestServer(directory: string): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir: join(directory, 'data'), settings });
  await migrate(server.connection('owner'));
  return server;
}
