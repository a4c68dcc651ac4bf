import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { apiCaller, type CallApi } from './api.ts';
import type { Definition } from './definitions.ts';
import { installDefinitions } from './install-definitions.ts';
import { testClusterPrograms } from './programs.ts';

/** A real Kubernetes control plane of its own, on this machine. It goes with this process, however that ends. */
export interface TestCluster extends AsyncDisposable {
  readonly server: string;
  readonly api: CallApi;
  /** Of the administrator: a file, which needs no other, and its text. */
  readonly kubeconfigPath: string;
  readonly kubeconfig: string;
  /** Of a user who may do nothing. */
  readonly nobodyKubeconfigPath: string;
  readonly nobodyKubeconfig: string;
  /** The program. */
  readonly kubectl: string;
}

export interface TestClusterOptions {
  /** Kinds to serve besides the built-in ones: those of Argo CD and Flux by `readDefinitions()`. */
  readonly definitions?: readonly Definition[];
}

const Announcement = z.object({ server: z.string(), authority: z.string(), token: z.string(), admin: z.string(), nobody: z.string() });

/** Starts one in a temporary directory; the first time on a machine it is built, which takes minutes. */
export async function startTestCluster({ definitions = [] }: TestClusterOptions = {}): Promise<TestCluster> {
  const { testCluster, kubectl } = await testClusterPrograms();
  const dir = await mkdtemp(join(tmpdir(), 'fl-cluster-'));
  // Its input ends with this process, and so does the cluster, which then removes its directory.
  const child = spawn(testCluster, ['up', '-dir', dir, '-stdin', '-remove'], { stdio: ['pipe', 'pipe', 'pipe'] });
  const closed = once(child, 'close');
  const { server, authority, token, admin, nobody } = await announced(child);
  const api = apiCaller({ server, ca: await readFile(authority, 'utf8'), token });
  const cluster = {
    server,
    api,
    kubeconfigPath: admin,
    kubeconfig: await readFile(admin, 'utf8'),
    nobodyKubeconfigPath: nobody,
    nobodyKubeconfig: await readFile(nobody, 'utf8'),
    kubectl,
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await closed;
    },
  };
  await installDefinitions(api, definitions);
  return cluster;
}

async function announced({ stdout, stderr }: ChildProcess): Promise<z.infer<typeof Announcement>> {
  if (stdout === null || stderr === null) throw new Error('the test cluster has no output');
  const complaint = text(stderr);
  for await (const line of createInterface({ input: stdout })) return Announcement.parse(JSON.parse(line));
  throw new Error(`the test cluster did not start: ${await complaint}`);
}
