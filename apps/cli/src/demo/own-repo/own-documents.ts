import { apiVersion, printDocument, serviceDocuments, type ProposedService } from '@fairlead/domain';
import { ownCluster, type OwnService } from './own-service.ts';

/** In a namespace of the cluster's own are things of others. */
const ofTheCluster = /^(?:default|kube-.*)$/;

/** The documents of a service root for one environment, by their paths. It asks for one approval and reads the repository's own base. */
export function ownDocuments(service: OwnService): ReadonlyMap<string, string> {
  const documents = [...serviceDocuments(proposed(service))].filter(([path]) =>
    /\/(service\.yaml|environments\/.*|profiles\/.*)$/.test(path),
  );
  const phase = {
    apiVersion,
    kind: 'ValidationPhase',
    metadata: { name: 'live-images' },
    spec: { environments: [service.environment], checks: [{ name: 'images', liveDigests: {} }] },
  };
  return new Map([...documents, ['.fairlead/validations/live-images.yaml', printDocument(phase)]]);
}

function proposed({
  name,
  environment,
  repository,
  path,
  components,
  thirdPartyImages,
  namespaces,
  application,
}: OwnService): ProposedService {
  return {
    root: '',
    name,
    repository,
    isRepositoryGuess: false,
    refs: ['refs/heads/main'],
    thirdPartyImages,
    components: components.map((component) => ({ name: component.name, image: component.repository, required: false })),
    environments: [
      {
        name: environment,
        path,
        tier: 'staging',
        isNamed: true,
        after: [],
        secretStores: [],
        namespaces: namespaces.all.map((namespace) => ({
          name: namespace,
          owned: namespace === namespaces.destination && !ofTheCluster.test(namespace),
        })),
        target: { controller: 'argocd', cluster: ownCluster, ...application, isGuess: false },
      },
    ],
    owner: 'demo',
  };
}
