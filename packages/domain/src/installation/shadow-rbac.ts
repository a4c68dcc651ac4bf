import type { JsonObject } from '../document/json.ts';
import { printDocument } from '../document/print-document.ts';
import { clusterRights } from './cluster-rights.ts';
import { rbacManifests } from './rbac-manifests.ts';

const head = `# Generated: npm run generate. What Fairlead needs to look at everything and to write nothing (shadow mode): for one environment \`fairlead rbac\` says it
# exactly, with the right to sync. Nothing here reads a Secret. Bind the ClusterRole fairlead-namespace in each namespace that is watched:
#   kubectl create rolebinding fairlead --clusterrole fairlead-namespace --serviceaccount fairlead:fairlead --namespace NAMESPACE
`;

/** One file for every cluster: roles without the names that only an environment knows. */
export function shadowRbac(): string {
  const place = 'NAMESPACE';
  const rights = clusterRights({
    kinds: [],
    namespaces: [{ name: place, owned: true }],
    targets: [
      { controller: 'argocd', cluster: '', namespace: place, name: '' },
      { controller: 'flux', cluster: '', namespace: place, name: '' },
    ],
    sources: [],
  }).filter(({ verbs }) => !verbs.includes('patch'));
  const subject = { kind: 'ServiceAccount', namespace: 'fairlead', name: 'fairlead' } as const;
  const account: readonly JsonObject[] = [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'fairlead' } },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'fairlead', namespace: 'fairlead' } },
  ];
  const wide = rights.filter(({ namespace }) => namespace === undefined);
  const within = rights.flatMap(({ namespace, ...right }) => (namespace === undefined ? [] : [right]));
  const manifests = [
    ...account,
    ...rbacManifests(wide, { name: 'fairlead', subject }),
    ...rbacManifests(within, { name: 'fairlead-namespace', subject }).filter(({ kind }) => kind === 'ClusterRole'),
  ];
  return `${head}${manifests.map((manifest) => `---\n${printDocument(manifest)}`).join('')}`;
}
