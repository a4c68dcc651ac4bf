import type { JsonObject } from '../document/json.ts';
import { apiVersion } from '../document/document-identity.ts';
import { effectiveInputs, type Environment } from '../environment/environment.ts';
import { EnvironmentId } from '../environment/environment-id.ts';
import type { Namespace } from '../environment/object-name.ts';
import type { Profile } from '../profile/profile.ts';
import { imageRef } from '../release/image-ref.ts';
import type { ContractDocuments } from './contract-documents.ts';
import type { ProfileContract } from './profile-contract.ts';

/** The contract of documents without faults. `parameters`: as `contractParameters` has them, with the defaults of their schema. */
export function resolveContract(documents: ContractDocuments, parameters: JsonObject): ProfileContract {
  const { service, environment, profile, release } = documents;
  const { metadata, source, seeds } = release.manifest;
  const { secretStores, constraints } = profile.spec;
  const namespaces = allowedNamespaces(environment, profile);
  const schema = schemaOf(documents);
  return {
    apiVersion,
    kind: 'ProfileContract',
    environment: {
      id: EnvironmentId.parse(`${service.metadata.name}/${environment.metadata.name}`),
      tier: environment.spec.tier,
      path: environment.spec.path,
      inputs: effectiveInputs(environment),
    },
    profile: profile.metadata.name,
    release: { digest: release.digest, version: metadata.version, commit: source.commit },
    components: componentsOf(documents),
    parameters,
    ...(namespaces.length === 0 ? {} : { namespaces: namespaces.toSorted() }),
    ...(secretStores.length === 0 ? {} : { secretStores: secretStores.toSorted(by(({ kind, name }) => `${kind}/${name}`)) }),
    providedSecrets: (profile.spec.providedSecrets ?? []).toSorted(by(({ name, namespace = '' }) => `${name} ${namespace}`)),
    ...(service.spec.clusterScoped === undefined ? {} : { clusterScoped: service.spec.clusterScoped.toSorted() }),
    thirdPartyImages: service.spec.thirdPartyImages.toSorted(),
    ...(schema === undefined ? {} : { schema }),
    ...(seeds === undefined ? {} : { seeds: seeds.id }),
    constraints: constraints.toSorted(by(({ id }) => id)),
  };
}

/** Where objects may be: as the profile says, else where the environment is. Empty: nobody said. */
export function allowedNamespaces(environment: Environment, profile: Profile): readonly Namespace[] {
  return profile.spec.namespaces.length > 0 ? profile.spec.namespaces : environment.spec.namespaces.map(({ name }) => name);
}

function componentsOf({ service, profile, release }: ContractDocuments): ProfileContract['components'] {
  const required = new Set<string>([
    ...(profile.spec.components?.required ?? []),
    ...service.spec.components.flatMap((component) => (component.required ? [component.name] : [])),
  ]);
  return release.manifest.components
    .map(({ name, image }) => {
      const replicas = profile.spec.replicas?.[name];
      return { name, required: required.has(name), image: imageRef(image), ...(replicas === undefined ? {} : { replicas }) };
    })
    .toSorted(by(({ name }) => name));
}

function schemaOf({ profile, release }: ContractDocuments): ProfileContract['schema'] {
  const { schema } = release.manifest;
  const bounds = profile.spec.schemaVersion;
  return schema === undefined && bounds === undefined ? undefined : { ...(schema === undefined ? {} : { id: schema.id }), ...bounds };
}

function by<T>(key: (entry: T) => string): (one: T, other: T) => number {
  return (one, other) => (key(one) < key(other) ? -1 : 1);
}
