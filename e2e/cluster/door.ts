import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDefinitions, type Definition } from './definitions.ts';
import { testClusterPrograms } from './programs.ts';
import { startTestCluster } from './start-test-cluster.ts';

/** Vitest's global set-up: whoever knocks gets a cluster of its own, for as long as it holds the connection. */
export async function setup(): Promise<() => Promise<void>> {
  await testClusterPrograms();
  const definitions = await readDefinitions();
  const folder = await mkdtemp(join(tmpdir(), 'fl-door-'));
  const guests = new Set<Promise<void>>();
  const door = createServer({ allowHalfOpen: true }, (socket) => {
    const visit = host(socket, definitions).finally(() => guests.delete(visit));
    guests.add(visit);
  });
  const path = join(folder, 'knock');
  await new Promise<void>((done) => door.listen(path, done));
  process.env['FAIRLEAD_TEST_CLUSTER'] = path;
  return async () => {
    door.close();
    await Promise.all(guests);
    await rm(folder, { recursive: true, force: true });
  };
}

/** One line goes out: the kubeconfigs, or why there are none. The cluster stops when the other side is done, and then this side is, too. */
async function host(socket: Socket, definitions: readonly Definition[]): Promise<void> {
  const left = new Promise<void>((done) => socket.resume().once('end', done).once('error', done).once('close', done));
  try {
    await using cluster = await startTestCluster({ definitions });
    socket.write(`${JSON.stringify({ url: cluster.server, admin: cluster.kubeconfig, nobody: cluster.nobodyKubeconfig })}\n`);
    await left;
  } catch (error) {
    socket.write(`${JSON.stringify({ failed: String(error) })}\n`);
  } finally {
    socket.end();
  }
}
