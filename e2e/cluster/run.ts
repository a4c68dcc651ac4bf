// A test cluster for people: `npm run cluster`. Ctrl-C ends it, and everything in it.
import { readDefinitions } from './definitions.ts';
import { startTestCluster } from './start-test-cluster.ts';

await using cluster = await startTestCluster({ definitions: process.argv.includes('--bare') ? [] : await readDefinitions() });
console.log(`KUBECONFIG=${cluster.kubeconfigPath}`);
console.log(`without rights: KUBECONFIG=${cluster.nobodyKubeconfigPath}`);
console.log(`kubectl: ${cluster.kubectl}`);
await new Promise((resolve) => {
  process.once('SIGINT', resolve).once('SIGTERM', resolve);
});
