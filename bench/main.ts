import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { driftBench } from './drift/drift-bench.ts';
import type { Measurement } from './measurement.ts';
import { verifierBench } from './verifier/verifier-bench.ts';
import { observerBench } from './observer/observer-bench.ts';

type Bench = (options: { readonly quick: boolean }) => readonly Measurement[] | Promise<readonly Measurement[]>;

const benches: Readonly<Record<string, Bench>> = { drift: driftBench, observer: observerBench, verifier: verifierBench };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'string' }, quick: { type: 'boolean', default: false } },
});

const chosen = positionals.length === 0 ? Object.keys(benches) : positionals;
const unknown = chosen.find((name) => !Object.hasOwn(benches, name));
if (unknown !== undefined) {
  console.error(`bench: no bench ${unknown}; there are ${Object.keys(benches).join(', ')}`);
  process.exit(2);
}

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
for (const name of chosen) results[name] = (await benches[name]?.({ quick: values.quick })) ?? [];
for (const [name, measurements] of Object.entries(results)) {
  for (const { name: what, at, value, unit, bar } of measurements) {
    const figures = [String(at).padStart(7), value.toPrecision(4).padStart(12), unit, bar === undefined ? '' : `(bar ${bar})`];
    console.log(`${name}: ${what.padEnd(24)} ${figures.join(' ')}`);
  }
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ machine, results }, null, 2)}\n`);
