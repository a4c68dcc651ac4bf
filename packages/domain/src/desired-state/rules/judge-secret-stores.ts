import { fieldAt, listAt, textAt } from '../../document/json-field.ts';
import type { JsonPath } from '../../document/json-pointer.ts';
import type { Json, JsonObject } from '../../document/json.ts';
import type { SecretStore } from '../../profile/profile.ts';
import { objectName } from '../object-ref.ts';
import { objectRefOf } from '../object-ref-of.ts';
import type { ObjectFault } from './object-fault.ts';

/** External secrets that are read from a store which the profile doesn't name. */
export function judgeSecretStores(objects: readonly JsonObject[], allowed: readonly SecretStore[]): readonly ObjectFault[] {
  return objects.flatMap((object) => {
    const ref = objectRefOf(object);
    if (ref.group !== 'external-secrets.io') return [];
    return storesOf(object, ref.kind).flatMap(({ kind, name, path }): readonly ObjectFault[] => {
      if (allowed.some((store) => store.kind === kind && store.name === name)) return [];
      const known = allowed.map((store) => `${store.kind} ${store.name}`).join(', ');
      const message = `${objectName(ref)} reads from ${kind} ${name}; the profile has: ${known}`;
      return [
        {
          rule: 'contract-secret-store',
          object: ref,
          path,
          message,
          fix: 'read from one of them, or add the store to spec.secretStores of the profile',
        },
      ];
    });
  });
}

interface UsedStore {
  readonly kind: string;
  readonly name: string;
  readonly path: JsonPath;
}

function storesOf(object: JsonObject, kind: string): readonly UsedStore[] {
  if (kind === 'PushSecret') {
    return listAt(object, 'spec', 'secretStoreRefs').flatMap((reference, index) => storeAt(reference, ['spec', 'secretStoreRefs', index]));
  }
  if (kind !== 'ExternalSecret' && kind !== 'ClusterExternalSecret') return [];
  const top = kind === 'ExternalSecret' ? ['spec'] : ['spec', 'externalSecretSpec'];
  const each = (['data', 'dataFrom'] as const).flatMap((list) =>
    listAt(object, ...top, list).flatMap((entry, index) =>
      storeAt(fieldAt(entry, 'sourceRef', 'storeRef'), [...top, list, index, 'sourceRef', 'storeRef']),
    ),
  );
  return [...storeAt(fieldAt(object, ...top, 'secretStoreRef'), [...top, 'secretStoreRef']), ...each];
}

function storeAt(reference: Json | undefined, path: JsonPath): readonly UsedStore[] {
  const name = textAt(reference, 'name');
  return name === undefined ? [] : [{ kind: textAt(reference, 'kind') ?? 'SecretStore', name, path: [...path, 'name'] }];
}
