// Writes the tables of the drift engine from a real API server: `npm run generate:drift-tables`. With --check it only names what is stale.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startTestCluster } from '../start-test-cluster.ts';
import { readTables } from './tables.ts';

const folder = join(import.meta.dirname, '../../../packages/domain/src/drift/tables');

await using cluster = await startTestCluster();
for (const { name, text } of await readTables(cluster.api)) {
  const path = join(folder, name);
  if ((await readFile(path, 'utf8').catch(() => '')) === text) continue;
  if (process.argv.includes('--check')) process.exitCode = 1;
  else await writeFile(path, text);
  console.log(`${process.argv.includes('--check') ? 'stale' : 'generated'} ${name}`);
}
