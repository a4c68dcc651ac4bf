// Writes the tables of the drift engine from a real API server: `npm run generate:drift-tables`.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startTestCluster } from '../start-test-cluster.ts';
import { observeDefaults } from './observe-defaults.ts';
import { readSchemas } from './read-schemas.ts';
import { tablesOf } from './tables.ts';

const folder = join(import.meta.dirname, '../../../packages/domain/src/drift/tables');

await using cluster = await startTestCluster();
const schemas = await readSchemas(cluster.api);
const observations = await observeDefaults(cluster.api);
for (const { name, text } of await tablesOf(cluster.api, { schemas, observations })) {
  const path = join(folder, name);
  if ((await readFile(path, 'utf8').catch(() => '')) === text) continue;
  await writeFile(path, text);
  console.log(`generated ${name}`);
}
