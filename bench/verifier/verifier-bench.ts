import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EvidenceWorld } from '../../e2e/bundle/evidence-world.ts';
import { liveStory } from '../../e2e/bundle/story.ts';
import { tarOf, writeBundle } from '../../e2e/bundle/write-bundle.ts';
import type { Measurement } from '../measurement.ts';

const program = new URL('../../packages/verifier/dist/fairlead-verify.js', import.meta.url).pathname;
/** Records that every story has besides its steps. */
const besides = 15;

/** How long the stand-alone program takes for a bundle, from the start of its process to its end. */
export function verifierBench({ quick }: { readonly quick: boolean }): readonly Measurement[] {
  if (!existsSync(program)) throw new Error(`there is no ${program}: npm run build:verifier`);
  const sizes = quick ? [50, 1000] : [50, 1000, 10_000];
  const start = { name: 'start and print help', at: 0, value: best(quick ? 3 : 10, ['--help']), unit: 'ms' };
  return [start, ...sizes.map((count) => verifyBundle(count, quick ? 2 : 5))];
}

const bars: Readonly<Record<number, string>> = { 50: '≤ 150', 10_000: '≤ 5000' };

function verifyBundle(count: number, rounds: number): Measurement {
  const folder = mkdtempSync(join(tmpdir(), 'fl-bench-'));
  try {
    const world = new EvidenceWorld();
    world.noise(count * 10);
    const tar = tarOf(writeBundle(liveStory(world, { steps: count - besides }), { since: count }));
    const [bundle, trust] = [join(folder, 'bundle.tar'), join(folder, 'trust.json')];
    writeFileSync(bundle, tar);
    writeFileSync(trust, JSON.stringify(world.trust(world.checkpoint(count))));
    const bar = bars[count];
    return {
      name: 'verify a bundle',
      at: count,
      value: best(rounds, [bundle, '--trust', trust]),
      unit: 'ms',
      ...(bar === undefined ? {} : { bar }),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function best(rounds: number, words: readonly string[]): number {
  const times = Array.from({ length: rounds }, () => {
    const begun = performance.now();
    const { status, stdout } = spawnSync(process.execPath, [program, ...words], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`exit ${String(status)}: ${stdout}`);
    return performance.now() - begun;
  });
  return Math.min(...times);
}
