import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createRenderer, memorySnapshot, type FileSnapshot, type Renderer, type RenderRequest } from '@fairlead/renderer';
import { runProgram } from '../drift/run-program.ts';
import type { Measurement } from '../measurement.ts';
import { chartOf, overlayOf, type Files } from './rendered-shop.ts';
import { upstreamProgram } from './upstream-program.ts';

interface Contest {
  readonly name: 'kustomize' | 'helm';
  readonly files: (count: number, round: string) => Files;
  readonly request: (files: FileSnapshot) => RenderRequest;
  readonly args: readonly string[];
}

const contests: readonly Contest[] = [
  { name: 'kustomize', files: overlayOf, request: (files) => ({ kind: 'kustomize', path: '', files }), args: ['build', '.'] },
  {
    name: 'helm',
    files: chartOf,
    request: (files) => ({ kind: 'helm', path: '', files, releaseName: 'shop', namespace: 'prod' }),
    args: ['template', 'shop', '.', '--namespace', 'prod'],
  },
];

/** The `kustomize` and `helm` programs and us on the same files; what both print must be the same bytes. */
export async function renderBench({ quick }: { readonly quick: boolean }): Promise<readonly Measurement[]> {
  const measurements: Measurement[] = [];
  for (const contest of contests) {
    const program = await upstreamProgram(contest.name);
    for (const count of quick ? [5, 50] : [5, 50, 1000]) {
      measurements.push(...(await sideBySide(contest, program, { count, rounds: quick ? 2 : count > 100 ? 4 : 12 })));
    }
  }
  return measurements;
}

/** A busy machine is no reason to end. */
const timeoutMs = 600_000;

interface Size {
  readonly count: number;
  readonly rounds: number;
}

async function sideBySide(contest: Contest, program: string, { count, rounds }: Size): Promise<readonly Measurement[]> {
  const { name } = contest;
  const native = await nativeTimes(contest, program, { count, rounds });
  const cold: number[] = [];
  for (let round = 1; round <= Math.min(rounds, 3); round += 1) {
    // A maximum of its own: the module is compiled once for each in a process.
    await using fresh = createRenderer({ timeoutMs, maxMemoryMiB: 512 + round + count });
    cold.push(await timed(() => ours(fresh, contest, { count, round: 'cold' })));
  }
  await using renderer = createRenderer({ timeoutMs });
  await renderer.warm();
  await ours(renderer, contest, { count, round: 'first' });
  const warm: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    warm.push(await timed(() => ours(renderer, contest, { count, round: String(round) })));
  }
  if ((await ours(renderer, contest, { count, round: 'same' })) !== native.text) throw new Error(`${name} prints other bytes than we do`);

  const peer = Math.min(...native.times);
  const best = Math.min(...warm);
  return [
    { name: `${name}: the program`, at: count, value: peer, unit: 'ms' },
    { name: `${name}: ours, warm`, at: count, value: best, unit: 'ms' },
    { name: '  of the program', at: count, value: best / peer, unit: 'times as long' },
    { name: `${name}: ours, cold: compiled, started, first render`, at: count, value: Math.min(...cold), unit: 'ms' },
    ...(await unchanged(renderer, contest, count)),
  ];
}

/** A commit that was rendered is found by its name; without one all inputs are looked at again. */
async function unchanged(renderer: Renderer, { name, files, request }: Contest, count: number): Promise<readonly Measurement[]> {
  const snapshot = memorySnapshot(files(count, 'kept'));
  const commit = { ...snapshot, identity: `${name} ${String(count)}` };
  const times = async (of: FileSnapshot): Promise<number> => {
    await renderer.render(request(of));
    const found: number[] = [];
    for (let round = 0; round < 20; round += 1) {
      found.push(
        await timed(async () => {
          const result = await renderer.render(request(of));
          if (result.kind === 'failed' || !result.cached) throw new Error(`${name}: the render was not kept`);
        }),
      );
    }
    return Math.min(...found);
  };
  return [
    { name: `${name}: unchanged, a commit`, at: count, value: await times(commit), unit: 'ms', bar: '≤ 2' },
    { name: `${name}: unchanged, all inputs looked at`, at: count, value: await times(snapshot), unit: 'ms' },
  ];
}

async function ours(
  renderer: Renderer,
  { files, request }: Contest,
  of: { readonly count: number; readonly round: string },
): Promise<string> {
  const result = await renderer.render(request(memorySnapshot(files(of.count, of.round))));
  if (result.kind === 'failed') throw new Error(result.message);
  return result.yaml;
}

async function nativeTimes(
  { files, args }: Contest,
  program: string,
  { count, rounds }: Size,
): Promise<{ readonly times: readonly number[]; readonly text: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'fairlead-bench-render-'));
  try {
    for (const [path, text] of Object.entries(files(count, 'same'))) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const times: number[] = [];
    let text = '';
    for (let round = 0; round < rounds; round += 1) {
      times.push(await timed(async () => (text = await runProgram(program, args, { cwd: folder, code: 0 }))));
    }
    return { times, text };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
