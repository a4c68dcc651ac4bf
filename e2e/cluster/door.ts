import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDefinitions } from './definitions.ts';
import { testClusterPrograms } from './programs.ts';
import { startTestCluster, type TestCluster } from './start-test-cluster.ts';

/** Vitest's global set-up: whoever knocks gets a cluster of its own, for as long as it holds the connection. */
export async function setup(): Promise<() => Promise<void>> {
  await testClusterPrograms();
  const definitions = await readDefinitions();
  const spare = keepSpare(() => startTestCluster({ definitions }));
  const folder = await mkdtemp(join(tmpdir(), 'fl-door-'));
  const guests = new Set<Promise<void>>();
  const door = createServer({ allowHalfOpen: true }, (socket) => {
    const visit = host(socket, spare.take()).finally(() => guests.delete(visit));
    guests.add(visit);
  });
  const path = join(folder, 'knock');
  await new Promise<void>((done) => door.listen(path, done));
  process.env['FAIRLEAD_TEST_CLUSTER'] = path;
  return async () => {
    door.close();
    await Promise.all(guests);
    await spare[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  };
}

interface Spare extends AsyncDisposable {
  take(): Promise<TestCluster>;
}

/** While a test waits for one cluster, which is most of what tests do, the next one starts. The first only when somebody knocks. */
function keepSpare(start: () => Promise<TestCluster>): Spare {
  let next: Promise<TestCluster> | undefined;
  return {
    take() {
      const taken = next ?? start();
      next = taken.then(start);
      next.catch(() => undefined); // told to whoever takes it
      return taken;
    },
    async [Symbol.asyncDispose]() {
      await (await next)?.[Symbol.asyncDispose]();
    },
  };
}

/** One line goes out: the kubeconfigs, or why there are none. The cluster stops when the other side is done, and then this side is, too. */
async function host(socket: Socket, starting: Promise<TestCluster>): Promise<void> {
  const left = new Promise<void>((done) => socket.resume().once('end', done).once('error', done).once('close', done));
  try {
    await using cluster = await starting;
    socket.write(`${JSON.stringify({ url: cluster.server, admin: cluster.kubeconfig, nobody: cluster.nobodyKubeconfig })}\n`);
    await left;
  } catch (error) {
    socket.write(`${JSON.stringify({ failed: String(error) })}\n`);
  } finally {
    socket.end();
  }
}
