import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { compareBench } from './drift/compare-bench.ts';
import { dayBench } from './drift/day-bench.ts';
import { eventBench } from './drift/event-bench.ts';
import { kubectlBench } from './drift/kubectl-bench.ts';
import type { Measurement } from './measurement.ts';
import { renderBench } from './render/render-bench.ts';
import { secretsBench } from './secrets/secrets-bench.ts';
import { verifierBench } from './verifier/verifier-bench.ts';
import { observerBench } from './observer/observer-bench.ts';

type Bench = (options: { readonly quick: boolean }) => readonly Measurement[] | Promise<readonly Measurement[]>;

const benches: Readonly<Record<string, Bench>> = {
  'drift/compare': compareBench,
  'drift/event': eventBench,
  'drift/day': dayBench,
  'drift/observer': observerBench,
  'drift/kubectl': kubectlBench,
  render: renderBench,
  secrets: secretsBench,
  verifier: verifierBench,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'string' }, quick: { type: 'boolean', default: false } },
});

/** `drift` is all of `drift/…`. */
function meantBy(name: string): readonly string[] {
  const meant = Object.keys(benches).filter((bench) => bench === name || bench.startsWith(`${name}/`));
  if (meant.length > 0) return meant;
  console.error(`bench: no bench ${name}; there are ${Object.keys(benches).join(', ')}`);
  process.exit(2);
}

const chosen = positionals.length === 0 ? Object.keys(benches) : positionals.flatMap(meantBy);

const machine = {
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  memoryGb: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  load: loadavg().map((load) => Number(load.toFixed(1))),
};
console.log(
  `${machine.cpu}, ${String(machine.cores)} cores, ${String(machine.memoryGb)} GB, Node ${machine.node}, load ${machine.load.join(' ')}`,
);

const results: Record<string, readonly Measurement[]> = {};
// One after the other: they measure the same machine.
for (const name of chosen) {
  const measurements = (await benches[name]?.({ quick: values.quick })) ?? [];
  results[name] = measurements;
  for (const { name: what, at, value, unit, bar } of measurements) {
    const figures = [String(at).padStart(7), value.toPrecision(4).padStart(12), unit, bar === undefined ? '' : `(bar ${bar})`];
    console.log(`${name}: ${what.padEnd(40)} ${figures.join(' ').trimEnd()}`);
  }
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ machine, results }, null, 2)}\n`);
