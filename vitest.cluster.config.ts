import { defineConfig } from 'vitest/config';
import { conditions, slow } from './vitest.config.ts';

/** What controllers of a cluster that is given do, too; nothing is built or started for that. */
const journeys = ['e2e/cluster/journey/*.test.ts'];

/** Held to a real API server: what asks for the cluster under test, and the tests of the test cluster itself. */
const onTestClusters = [
  ...journeys,
  'e2e/{cluster,registry}/**/*.cluster.test.ts',
  'packages/sandbox/src/kubernetes/kubernetes-contract.integration.test.ts',
  'packages/sandbox/src/{argocd,flux}/*.integration.test.ts',
  'packages/adapters/src/{cluster,delivery}/*/*-contract.integration.test.ts',
];

/** Apart from the other projects: `npx vitest run <path>` is for now and then, and this starts control planes. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    ...slow,
    name: 'cluster',
    ...(process.env['FAIRLEAD_E2E_KUBECONFIG'] === undefined
      ? { include: onTestClusters, globalSetup: ['e2e/cluster/door.ts'] }
      : { include: journeys }),
  },
});
