import type { JsonObject } from '../json/json.ts';

export interface DefinedKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  readonly scope?: 'Cluster' | 'Namespaced';
  /** Argo CD's kinds have none: whoever may write an Application writes its status, too. */
  readonly status: boolean;
  /** Of fields that the definition has defaults for. */
  readonly properties?: JsonObject;
}

/** Flux's controllers have not looked at an object as long as this stands. */
const unobserved: JsonObject = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true, default: { observedGeneration: -1 } };

function withSpecDefaults(defaults: JsonObject): JsonObject {
  const properties = Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name, { default: value }]));
  return { spec: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true, properties }, status: unobserved };
}

const rows: readonly DefinedKind[] = [
  { group: 'argoproj.io', version: 'v1alpha1', kind: 'Application', plural: 'applications', shortNames: ['app', 'apps'], status: false },
  {
    group: 'argoproj.io',
    version: 'v1alpha1',
    kind: 'AppProject',
    plural: 'appprojects',
    shortNames: ['appproj', 'appprojs'],
    status: false,
  },
  { group: 'external-secrets.io', version: 'v1', kind: 'ExternalSecret', plural: 'externalsecrets', shortNames: ['es'], status: true },
  { group: 'external-secrets.io', version: 'v1', kind: 'SecretStore', plural: 'secretstores', shortNames: ['ss'], status: true },
  {
    group: 'external-secrets.io',
    version: 'v1',
    kind: 'ClusterSecretStore',
    plural: 'clustersecretstores',
    shortNames: ['css'],
    scope: 'Cluster',
    status: true,
  },
  { group: 'monitoring.coreos.com', version: 'v1', kind: 'ServiceMonitor', plural: 'servicemonitors', shortNames: ['smon'], status: false },
  {
    group: 'monitoring.coreos.com',
    version: 'v1',
    kind: 'PrometheusRule',
    plural: 'prometheusrules',
    shortNames: ['promrule'],
    status: false,
  },
  ...fluxSource('GitRepository', 'gitrepositories', ['gitrepo']),
  ...fluxSource('OCIRepository', 'ocirepositories', ['ocirepo']),
  ...fluxSource('HelmChart', 'helmcharts', ['hc']),
  {
    group: 'kustomize.toolkit.fluxcd.io',
    version: 'v1',
    kind: 'Kustomization',
    plural: 'kustomizations',
    shortNames: ['ks'],
    status: true,
    properties: withSpecDefaults({ force: false }),
  },
  {
    group: 'helm.toolkit.fluxcd.io',
    version: 'v2',
    kind: 'HelmRelease',
    plural: 'helmreleases',
    shortNames: ['hr'],
    status: true,
    properties: withSpecDefaults({}),
  },
];

function fluxSource(kind: string, plural: string, shortNames: readonly string[]): readonly DefinedKind[] {
  const timeout = kind === 'HelmChart' ? {} : { timeout: '60s' };
  const properties = withSpecDefaults(timeout);
  return [{ group: 'source.toolkit.fluxcd.io', version: 'v1', kind, plural, shortNames, status: true, properties }];
}

/** Definitions of what a cluster under GitOps usually has, as far as the sandbox's own controllers need them. */
export const preinstalledDefinitions: readonly JsonObject[] = rows.map(definitionOf);

export function definitionOf({ group, version, kind, plural, scope = 'Namespaced', ...row }: DefinedKind): JsonObject {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope,
      names: {
        kind,
        plural,
        singular: kind.toLowerCase(),
        listKind: `${kind}List`,
        ...(row.shortNames && { shortNames: row.shortNames }),
        ...(row.categories && { categories: row.categories }),
      },
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: {
              type: 'object',
              'x-kubernetes-preserve-unknown-fields': true,
              ...(row.properties && { properties: row.properties }),
            },
          },
          ...(row.status && { subresources: { status: {} } }),
        },
      ],
    },
  };
}

export function isPreinstalled(group: string): boolean {
  return rows.some((row) => row.group === group);
}
