import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { builtInSchemas, compareObject, driftRules, EnvironmentId, type JsonObject } from '@fairlead/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isObject } from './additions.ts';
import { startTestCluster, type TestCluster } from '../start-test-cluster.ts';
import { observeDefaults, type Observation } from './observe-defaults.ts';
import { readSchemas } from './read-schemas.ts';
import { serverKinds } from './server-kinds.ts';
import { tablesOf, type Table } from './tables.ts';

let cluster: TestCluster;
let observations: readonly Observation[];
let tables: readonly Table[];

beforeAll(async () => {
  cluster = await startTestCluster();
  const schemas = await readSchemas(cluster.api);
  observations = await observeDefaults(cluster.api);
  tables = await tablesOf(cluster.api, { schemas, observations });
});

afterAll(() => cluster[Symbol.asyncDispose]());

/** Nobody declares these in Git: their objects are a controller's, a person's request, or no objects at all. */
const neverDeclared = ['/ComponentStatus', '/Event', '/Node', 'certificates.k8s.io/CertificateSigningRequest', 'events.k8s.io/Event'];

/** Where nobody says that he wrote it, only a default excuses it. */
function withoutOwners({ metadata, ...object }: JsonObject): JsonObject {
  const { managedFields: _, ...rest } = isObject(metadata) ? metadata : {};
  return { ...object, metadata: rest };
}

describe('the tables of the drift engine', () => {
  it('are what the server says, byte by byte', async () => {
    const folder = join(import.meta.dirname, '../../../packages/domain/src/drift/tables');
    const committed = await Promise.all(tables.map(async ({ name }) => ({ name, text: await readFile(join(folder, name), 'utf8') })));

    expect(committed).toEqual(tables);
  });

  it('come from an object of every kind that somebody may declare', async () => {
    const kinds = (await serverKinds(cluster.api)).map(({ group, kind }) => `${group}/${kind}`);
    const observed = new Set(observations.map(({ type }) => `${type.group}/${type.kind}`));

    expect([...new Set(kinds)].filter((kind) => !observed.has(kind)).sort()).toEqual(neverDeclared);
  });

  it('excuse all that the server added to an object, and nothing was lost on the way', () => {
    const rules = driftRules({
      environment: EnvironmentId.parse('tables/all'),
      target: 'tables',
      schemas: builtInSchemas,
      trustedManagers: [],
      ownedNamespaces: [],
      ignore: [],
      declared: [],
      hashSecret: (value) => value,
    });

    // Of a Secret, no value gets as far as a comparison.
    const compared = observations.filter(({ type }) => type.kind !== 'Secret');
    const found = compared.flatMap(({ title, sent, stored }) =>
      compareObject(rules, { desired: sent, live: withoutOwners(stored), managed: true }, '2026-01-01T00:00:00Z').map(
        ({ class: how, path }) => `${title}: ${how} ${path}`,
      ),
    );

    expect(found).toEqual([]);
  });
});
