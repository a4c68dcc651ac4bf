import { apiVersion, printDocument, type Json } from '@fairlead/domain';
import { ownCluster, type OwnService } from './own-service.ts';

/** In a namespace of the cluster's own are things of others. */
const ofTheCluster = /^(?:default|kube-.*)$/;

/** The documents of a service root for one environment, by their paths. It asks for one approval and reads the repository's own base. */
export function ownDocuments(service: OwnService): ReadonlyMap<string, string> {
  const { name, environment, repository, path, components, thirdPartyImages, namespaces, application } = service;
  const document = (kind: string, called: string, spec: Json): string =>
    printDocument({ apiVersion, kind, metadata: { name: called }, spec });
  return new Map([
    [
      '.fairlead/service.yaml',
      document('Service', name, {
        repository,
        source: { refs: ['refs/heads/main'] },
        environments: [environment],
        components: components.map((component) => ({ name: component.name, image: component.repository, required: false })),
        ...(thirdPartyImages.length === 0 ? {} : { thirdPartyImages }),
      }),
    ],
    [
      `.fairlead/environments/${environment}.yaml`,
      document('Environment', environment, {
        tier: 'staging',
        path,
        profile: environment,
        inputs: 'shared',
        namespaces: namespaces.all.map((namespace) => ({
          name: namespace,
          owned: namespace === namespaces.destination && !ofTheCluster.test(namespace),
        })),
        delivery: {
          controller: 'argocd',
          targets: [{ cluster: ownCluster, namespace: application.namespace, application: application.name }],
        },
      }),
    ],
    [`.fairlead/profiles/${environment}.yaml`, document('Profile', environment, {})],
    [
      '.fairlead/validations/live-images.yaml',
      document('ValidationPhase', 'live-images', { environments: [environment], checks: [{ name: 'images', liveDigests: {} }] }),
    ],
  ]);
}
