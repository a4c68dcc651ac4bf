import type { FieldSchema } from '../fields/field-schema.ts';
import type { JsonObject } from '../json/json.ts';

/** One kind in one version, as its path in the API and its discovery entry say it. */
export interface ResourceType {
  /** `<plural>.<group>`: versions of the same resource share it, and so share their objects. */
  readonly id: string;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly namespaced: boolean;
  readonly status: boolean;
  readonly scale?: ScalePaths;
  /** Which changes count as a new generation: of the `spec`, of everything outside metadata (and status, if that is a subresource), or of nothing. */
  readonly generation: 'spec' | 'content' | 'never';
  /** How its fields merge and are owned. */
  readonly schema: FieldSchema;
  readonly origin: 'built-in' | 'definition';
  /** Of a definition: its OpenAPI schema, for the defaults in it. */
  readonly openApi?: JsonObject;
}

export interface ScalePaths {
  readonly specReplicas: readonly string[];
  readonly statusReplicas: readonly string[];
  readonly selector: readonly string[];
}

export function apiVersionOf({ group, version }: Pick<ResourceType, 'group' | 'version'>): string {
  return group === '' ? version : `${group}/${version}`;
}

/** As error messages name a resource: `deployments.apps`, `configmaps`. */
export function resourceName({ group, plural }: Pick<ResourceType, 'group' | 'plural'>): string {
  return group === '' ? plural : `${plural}.${group}`;
}

/** As validation messages name a kind: `Deployment.apps`, `ConfigMap`. */
export function kindName({ group, kind }: Pick<ResourceType, 'group' | 'kind'>): string {
  return group === '' ? kind : `${kind}.${group}`;
}
