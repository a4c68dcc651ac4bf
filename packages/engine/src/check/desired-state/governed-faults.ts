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
  type Profile,
  type Rule,
} from '@fairlead/domain';
import type { FoundEnvironment } from '../find-environments.ts';
import type { DesiredStateToCheck } from './desired-state-to-check.ts';

type Declared = Required<FoundEnvironment>['declared'];

export interface GovernedFaults {
  readonly found: readonly ObjectFault[];
  readonly open: readonly { readonly rules: readonly Rule[]; readonly because: string }[];
}

/** What is wrong with the objects of a declared environment, and what nobody declared enough of to judge. */
export function governedFaults(declared: Declared, desired: DesiredStateToCheck): GovernedFaults {
  const { profile, policy } = declared;
  const { objects } = desired;
  const limited = limits(declared, desired);
  const references = judgeSecretReferences(objects, profile.spec.providedSecrets ?? []);
  return {
    found: [
      ...limited.flatMap(({ found }) => found ?? []),
      ...judgeReplicas(objects, boundedComponents(declared)),
      ...references.faults.map((fault) => (speaksOfSecrets(profile) ? fault : { ...fault, severity: 'warning' as const })),
      ...judgeSecretKinds(objects, policy.secrets?.bootstrap ?? []),
      ...judgeImageUpdaters(objects),
      ...judgeProgressiveDelivery(objects),
    ],
    open: [
      ...limited.flatMap(({ rule, found, because }) => (found === undefined ? [{ rules: [rule], because }] : [])),
      ...references.unknown.map(({ name, kinds }) => ({
        rules: ['secret-producer-missing'] as const,
        because: `whether ${kinds.join(' or ')} makes the Secret ${name} is not known`,
      })),
    ],
  };
}

/** A profile that says nothing of secrets is of a team that may make them by hand. */
function speaksOfSecrets({ spec }: Profile): boolean {
  return spec.secretStores.length > 0 || spec.providedSecrets !== undefined;
}

/** `found` is absent where there is nothing to judge by. */
interface Limit {
  readonly rule: Rule;
  readonly because: string;
  readonly found?: readonly ObjectFault[];
}

function limits({ service, environment, profile }: Declared, { objects, release }: DesiredStateToCheck): readonly Limit[] {
  const namespaces = allowedNamespaces(environment, profile);
  const { secretStores } = profile.spec;
  const { clusterScoped } = service.spec;
  return [
    {
      rule: 'contract-namespace',
      because: 'neither the profile nor the environment names a namespace',
      ...(namespaces.length === 0 ? {} : { found: judgeNamespaces(objects, namespaces) }),
    },
    {
      rule: 'cluster-scoped-not-listed',
      because: 'the service has no spec.clusterScoped',
      ...(clusterScoped === undefined ? {} : { found: judgeClusterScope(objects, clusterScoped) }),
    },
    {
      rule: 'contract-secret-store',
      because: 'the profile names no secret store',
      ...(secretStores.length === 0 ? {} : { found: judgeSecretStores(objects, secretStores) }),
    },
    {
      rule: 'migration-hidden',
      because: 'no known release',
      ...(release === undefined ? {} : { found: judgeMigrations(objects, release) }),
    },
  ];
}

function boundedComponents({ service, profile }: Declared): readonly BoundedComponent[] {
  return service.spec.components.flatMap(({ name, image }) => {
    const bounds = profile.spec.replicas?.[name];
    return bounds === undefined ? [] : [{ name, repository: image, bounds }];
  });
}
