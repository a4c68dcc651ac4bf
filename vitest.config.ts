import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

const conditions = ['source', ...defaultServerConditions];
const anywhere = '{packages,apps}/*/src/**/*';

/** Without isolation, files share a worker's modules: 300 files take 3 s, not 68 s. Sound because these tests do no I/O and no module holds state. */
const pure = { isolate: false };

/** Real programs, servers and rendering on a busy machine. */
const slow = { testTimeout: 60_000, hookTimeout: 120_000 };

/** One PostgreSQL for the run; it starts when the first test asks for it. */
const withPostgres = { globalSetup: ['packages/adapters/src/postgres/testing/shared-server.ts'] };

/** Held to a real API server: what asks for the cluster under test, and the tests of the test cluster itself. */
const onRealServer = [
  'e2e/cluster/**/*.cluster.test.ts',
  'packages/sandbox/src/kubernetes/kubernetes-contract.integration.test.ts',
  'packages/sandbox/src/{argocd,flux}/*.integration.test.ts',
  'packages/adapters/src/delivery/*/sandbox-contract.integration.test.ts',
];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    projects: [
      {
        extends: true,
        test: { ...pure, name: 'unit', include: [`${anywhere}.test.ts`], exclude: ['**/*.{property,integration}.test.ts', '**/dist/**'] },
      },
      { extends: true, test: { ...pure, name: 'property', include: [`${anywhere}.property.test.ts`] } },
      { extends: true, test: { ...slow, ...withPostgres, name: 'integration', include: [`${anywhere}.integration.test.ts`] } },
      { extends: true, test: { ...slow, ...withPostgres, name: 'e2e', include: ['e2e/**/*.test.ts'], exclude: ['**/*.cluster.test.ts'] } },
      { extends: true, test: { ...slow, globalSetup: ['e2e/cluster/door.ts'], name: 'cluster', include: onRealServer } },
    ],
  },
});
