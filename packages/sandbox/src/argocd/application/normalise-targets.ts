import { textAt, without, type JsonObject } from '../../json/json.ts';
import { type Discovery } from '../../kube/discovery.ts';
import { groupOf, keyOf, keyText, namespaceOf, withMetadata, type KubeObject } from '../../kube/kube-object.ts';
import { withTracking } from './tracking.ts';

export interface TargetScope {
  /** As tracking names it. */
  readonly application: string;
  readonly destinationNamespace: string;
  readonly discovery: Discovery;
}

export interface NormalisedTargets {
  readonly objects: readonly KubeObject[];
  /** Declared more than once; the last one counts. */
  readonly repeated: readonly KubeObject[];
}

/** Declared objects as they will be applied: in a namespace or in none, tracked, each once. */
export async function normaliseTargets(declared: readonly KubeObject[], scope: TargetScope): Promise<NormalisedTargets> {
  const unique = new Map<string, KubeObject>();
  const repeated = new Map<string, KubeObject>();
  for (const object of declared) {
    const placed = await placeInNamespace(object, declared, scope);
    const key = keyText(keyOf(placed));
    if (unique.has(key)) repeated.set(key, placed);
    unique.delete(key);
    unique.set(key, withTracking(placed, scope.application, scope.destinationNamespace));
  }
  return { objects: [...unique.values()], repeated: [...repeated.values()] };
}

async function placeInNamespace(object: KubeObject, declared: readonly KubeObject[], scope: TargetScope): Promise<KubeObject> {
  const metadata: JsonObject = without(object.metadata, 'namespace');
  if (!(await isNamespaced(object, declared, scope.discovery))) return withMetadata(object, metadata);
  const namespace = namespaceOf(object) === '' ? scope.destinationNamespace : namespaceOf(object);
  return withMetadata(object, { ...metadata, namespace });
}

/** A kind that the server doesn't know yet may be defined by the same source. */
async function isNamespaced(object: KubeObject, declared: readonly KubeObject[], discovery: Discovery): Promise<boolean> {
  const known = await discovery.find(object.apiVersion, object.kind);
  if (known !== undefined) return known.namespaced;
  const definition = declared.find(
    (other) =>
      other.kind === 'CustomResourceDefinition' &&
      textAt(other, 'spec', 'group') === groupOf(object.apiVersion) &&
      textAt(other, 'spec', 'names', 'kind') === object.kind,
  );
  return textAt(definition, 'spec', 'scope') !== 'Cluster';
}
