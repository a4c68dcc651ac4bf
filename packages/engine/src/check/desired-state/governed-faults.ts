import {
  allowedNamespaces,
  judgeClusterScope,
  judgeImageUpdaters,
  judgeMigrations,
  judgeNamespaces,
  judgeProgressiveDelivery,
  judgeReplicas,
  judgeSecretKinds,
  judgeSecretReferences,
  judgeSecretStores,
  type BoundedComponent,
  type ObjectFault,
  type Rule,
} from '@fairlead/domain';
import type { FoundEnvironment } from '../find-environments.ts';
import type { DesiredStateToCheck } from './check-desired-state.ts';

type Declared = Required<FoundEnvironment>['declared'];

export interface GovernedFaults {
  readonly found: readonly ObjectFault[];
  readonly open: readonly { readonly rules: readonly Rule[]; readonly because: string }[];
}

/** What is wrong with the objects of a declared environment, and what nobody declared enough of to judge. */
export function governedFaults(declared: Declared, { objects, release }: DesiredStateToCheck): GovernedFaults {
  const { service, environment, profile } = declared;
  const namespaces = allowedNamespaces(environment, profile);
  const { clusterScoped } = service.spec;
  const { secretStores, providedSecrets = [] } = profile.spec;
  const references = judgeSecretReferences(objects, providedSecrets);
  return {
    found: [
      ...(namespaces.length === 0 ? [] : judgeNamespaces(objects, namespaces)),
      ...(clusterScoped === undefined ? [] : judgeClusterScope(objects, clusterScoped)),
      ...(secretStores.length === 0 ? [] : judgeSecretStores(objects, secretStores)),
      ...judgeReplicas(objects, boundedComponents(declared)),
      ...references.faults,
      ...judgeSecretKinds(objects, []),
      ...judgeImageUpdaters(objects),
      ...judgeProgressiveDelivery(objects),
      ...(release === undefined ? [] : judgeMigrations(objects, release)),
    ],
    open: [
      ...(namespaces.length === 0 ? [open('contract-namespace', 'neither the profile nor the environment names a namespace')] : []),
      ...(clusterScoped === undefined ? [open('cluster-scoped-not-listed', 'the service has no spec.clusterScoped')] : []),
      ...(secretStores.length === 0 ? [open('contract-secret-store', 'the profile names no secret store')] : []),
      ...(release === undefined ? [open('migration-hidden', 'no known release')] : []),
      ...references.unknown.map(({ name, kinds }) =>
        open('secret-producer-missing', `whether ${kinds.join(' or ')} makes the Secret ${name} is not known`),
      ),
    ],
  };
}

function open(rule: Rule, because: string): GovernedFaults['open'][number] {
  return { rules: [rule], because };
}

function boundedComponents({ service, profile }: Declared): readonly BoundedComponent[] {
  return service.spec.components.flatMap(({ name, image }) => {
    const bounds = profile.spec.replicas?.[name];
    return bounds === undefined ? [] : [{ name, repository: image, bounds }];
  });
}
