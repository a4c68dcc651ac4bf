import { definitionSchema } from '../fields/definition-schema.ts';
import type { JsonObject } from '../json/json.ts';
import { at, flagAt, objectAt, objectsAt, textAt, textsAt } from '../json/json-path.ts';
import type { ResourceType, ScalePaths } from './resource-type.ts';

/** The types that a CustomResourceDefinition serves, one for each served version, the storage version first. */
export function typesOfDefinition(definition: JsonObject): readonly ResourceType[] {
  const served = objectsAt(definition, 'spec', 'versions').filter((version) => flagAt(version, 'served'));
  const stored = served.filter((version) => flagAt(version, 'storage'));
  return [...stored, ...served.filter((version) => !stored.includes(version))].map((version) => typeOfVersion(definition, version));
}

function typeOfVersion(definition: JsonObject, version: JsonObject): ResourceType {
  const group = textAt(definition, 'spec', 'group') ?? '';
  const names = objectAt(definition, 'spec', 'names');
  const plural = textAt(names, 'plural') ?? '';
  const kind = textAt(names, 'kind') ?? '';
  const scale = scalePaths(version);
  const openApi = objectAt(version, 'schema', 'openAPIV3Schema');
  return {
    id: `${plural}.${group}`,
    group,
    version: textAt(version, 'name') ?? '',
    kind,
    plural,
    singular: textAt(names, 'singular') ?? kind.toLowerCase(),
    shortNames: textsAt(names, 'shortNames'),
    categories: textsAt(names, 'categories'),
    namespaced: textAt(definition, 'spec', 'scope') !== 'Cluster',
    status: at(version, 'subresources', 'status') !== undefined,
    ...(scale !== undefined && { scale }),
    generation: 'content',
    schema: definitionSchema(openApi),
    origin: 'definition',
    openApi,
  };
}

function scalePaths(version: JsonObject): ScalePaths | undefined {
  const scale = at(version, 'subresources', 'scale');
  if (scale === undefined) return undefined;
  const path = (key: string): readonly string[] => (textAt(scale, key) ?? '').split('.').slice(1);
  return { specReplicas: path('specReplicasPath'), statusReplicas: path('statusReplicasPath'), selector: path('labelSelectorPath') };
}
