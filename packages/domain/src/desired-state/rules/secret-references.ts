import { isList } from '../../document/is-list.ts';
import { fieldAt, listAt, textAt } from '../../document/json-field.ts';
import type { JsonPath } from '../../document/json-pointer.ts';
import type { Json, JsonObject } from '../../document/json.ts';
import type { ObjectRef } from '../object-ref.ts';
import { objectRefOf } from '../object-ref-of.ts';
import { containersOf, podSpecs, type PodSpec } from './pod-specs.ts';

/** A Secret that an object cannot do without. */
export interface SecretReference {
  readonly object: ObjectRef;
  readonly path: JsonPath;
  readonly name: string;
  /** What happens without it: no container starts, or something lesser. */
  readonly weight: 'pods-do-not-start' | 'images-are-not-pulled' | 'tls-is-not-served';
}

type Found = Omit<SecretReference, 'object'>;

/** Every Secret that rendered objects need by name; those that may be absent (`optional: true`) are left out. */
export function secretReferences(objects: readonly JsonObject[]): readonly SecretReference[] {
  return objects.flatMap((object) => {
    const ref = objectRefOf(object);
    const found = [...podSpecs(object).flatMap(ofPod), ...ofServiceAccount(object, ref), ...ofTls(object, ref)];
    return found.map((reference) => ({ object: ref, ...reference }));
  });
}

function ofPod(pod: PodSpec): readonly Found[] {
  const { path, spec } = pod;
  return [...volumes(pod), ...containersOf(pod).flatMap(ofContainer), ...pullSecrets(spec, path)];
}

function volumes({ path, spec }: PodSpec): readonly Found[] {
  return listAt(spec, 'volumes').flatMap((volume, index) => {
    const at = [...path, 'volumes', index];
    const sources = listAt(volume, 'projected', 'sources').flatMap((source, nth) =>
      needed(fieldAt(source, 'secret'), 'name', [...at, 'projected', 'sources', nth, 'secret']),
    );
    return [
      ...needed(fieldAt(volume, 'secret'), 'secretName', [...at, 'secret']),
      ...needed(fieldAt(volume, 'csi', 'nodePublishSecretRef'), 'name', [...at, 'csi', 'nodePublishSecretRef']),
      ...sources,
    ];
  });
}

function ofContainer({ path, container }: ReturnType<typeof containersOf>[number]): readonly Found[] {
  const variables = listAt(container, 'env').flatMap((variable, index) =>
    needed(fieldAt(variable, 'valueFrom', 'secretKeyRef'), 'name', [...path, 'env', index, 'valueFrom', 'secretKeyRef']),
  );
  const whole = listAt(container, 'envFrom').flatMap((source, index) =>
    needed(fieldAt(source, 'secretRef'), 'name', [...path, 'envFrom', index, 'secretRef']),
  );
  return [...variables, ...whole];
}

function needed(reference: Json | undefined, field: string, path: JsonPath): readonly Found[] {
  const name = textAt(reference, field);
  if (name === undefined || name === '' || fieldAt(reference, 'optional') === true) return [];
  return [{ path: [...path, field], name, weight: 'pods-do-not-start' }];
}

function pullSecrets(holder: JsonObject, path: JsonPath): readonly Found[] {
  return listAt(holder, 'imagePullSecrets').flatMap((entry, index) => {
    const name = textAt(entry, 'name');
    return name === undefined
      ? []
      : [{ path: [...path, 'imagePullSecrets', index, 'name'], name, weight: 'images-are-not-pulled' as const }];
  });
}

function ofServiceAccount(object: JsonObject, { kind, group }: ObjectRef): readonly Found[] {
  return kind === 'ServiceAccount' && group === '' ? pullSecrets(object, []) : [];
}

/** Those of an Ingress or a Gateway that cert-manager makes one for by an annotation need no other. */
function ofTls(object: JsonObject, { kind, group }: ObjectRef): readonly Found[] {
  const annotations = Object.keys(mapOf(fieldAt(object, 'metadata', 'annotations')));
  if (annotations.some((name) => /^cert-manager\.io\/(?:cluster-)?issuer$/.test(name) || name === 'kubernetes.io/tls-acme')) return [];
  if (kind === 'Ingress' && group === 'networking.k8s.io') {
    return listAt(object, 'spec', 'tls').flatMap((entry, index) => tls(textAt(entry, 'secretName'), ['spec', 'tls', index, 'secretName']));
  }
  if (kind !== 'Gateway' || group !== 'gateway.networking.k8s.io') return [];
  return listAt(object, 'spec', 'listeners').flatMap((listener, index) =>
    listAt(listener, 'tls', 'certificateRefs').flatMap((entry, nth) => {
      const own = (textAt(entry, 'kind') ?? 'Secret') === 'Secret' && textAt(entry, 'namespace') === undefined;
      return own ? tls(textAt(entry, 'name'), ['spec', 'listeners', index, 'tls', 'certificateRefs', nth, 'name']) : [];
    }),
  );
}

function tls(name: string | undefined, path: JsonPath): readonly Found[] {
  return name === undefined || name === '' ? [] : [{ path, name, weight: 'tls-is-not-served' }];
}

function mapOf(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !isList(value) ? value : {};
}
