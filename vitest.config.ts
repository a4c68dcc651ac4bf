import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

export const conditions = ['source', ...defaultServerConditions];
const anywhere = '{packages,apps}/*/src/**/*';

/** Without isolation, files share a worker's modules: 300 files take 3 s, not 68 s. Sound because these tests do no I/O and no module holds state. */
const pure = { isolate: false };

/** Real programs, servers and rendering on a busy machine. */
export const slow = { testTimeout: 60_000, hookTimeout: 120_000 };

/** One PostgreSQL for the run; it starts when the first test asks for it. */
const withPostgres = { globalSetup: ['packages/adapters/src/postgres/testing/shared-server.ts'] };

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    projects: [
      {
        extends: true,
        test: { ...pure, name: 'unit', include: [`${anywhere}.test.ts`], exclude: ['**/*.{property,integration}.test.ts', '**/dist/**'] },
      },
      // Thousands of cases, and texts of megabytes.
      { extends: true, test: { ...pure, testTimeout: 30_000, name: 'property', include: [`${anywhere}.property.test.ts`] } },
      { extends: true, test: { ...slow, ...withPostgres, name: 'integration', include: [`${anywhere}.integration.test.ts`] } },
      { extends: true, test: { ...slow, ...withPostgres, name: 'e2e', include: ['e2e/**/*.test.ts'], exclude: ['**/*.cluster.test.ts'] } },
    ],
  },
});
