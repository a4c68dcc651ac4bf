import { fieldAt, textAt } from '../../document/json-field.ts';
import type { JsonPath } from '../../document/json-pointer.ts';
import type { JsonObject } from '../../document/json.ts';
import { isMap } from '../../drift/own-value.ts';
import type { BootstrapSecret } from '../../policy/policy.ts';
import { objectName, type ObjectRef } from '../object-ref.ts';
import { objectRefOf } from '../object-ref-of.ts';
import type { ObjectFault } from './object-fault.ts';

const stores = ['external-secrets.io/SecretStore', 'external-secrets.io/ClusterSecretStore'];

/** Secrets that come another way than by an ExternalSecret from Vault. */
export function judgeSecretKinds(objects: readonly JsonObject[], bootstrap: readonly BootstrapSecret[]): readonly ObjectFault[] {
  return objects.flatMap((object): readonly ObjectFault[] => {
    const ref = objectRefOf(object);
    const found = otherWay(object, ref, bootstrap);
    return found === undefined ? [] : [{ rule: 'od-003', object: ref, ...found }];
  });
}

type Found = Pick<ObjectFault, 'message' | 'fix'> & { readonly path: JsonPath };

function otherWay(object: JsonObject, ref: ObjectRef, bootstrap: readonly BootstrapSecret[]): Found | undefined {
  const kind = `${ref.group}/${ref.kind}`;
  if (kind === 'bitnami.com/SealedSecret') {
    const fix = 'use an ExternalSecret, or have a PolicyException for it (decision od-003)';
    return { path: ['kind'], message: `${objectName(ref)} is sealed: secrets come from Vault by an ExternalSecret`, fix };
  }
  if (isMap(object['sops']) || kind === 'isindir.github.com/SopsSecret') {
    if (bootstrap.some(({ name, namespace }) => name === ref.name && (namespace === undefined || namespace === ref.namespace)))
      return undefined;
    const message = `${objectName(ref)} is encrypted by SOPS and not declared as needed to bootstrap`;
    const fix = `use an ExternalSecret, or list it: secrets: { bootstrap: [{ name: ${ref.name}, reason: … }] } in a policy (decision od-003)`;
    return { path: ['kind'], message, fix };
  }
  return stores.includes(kind) ? otherProvider(object, ref) : undefined;
}

function otherProvider(object: JsonObject, ref: ObjectRef): Found | undefined {
  const provider = fieldAt(object, 'spec', 'provider');
  const [name] = isMap(provider) ? Object.keys(provider) : [];
  if (name === undefined || name === 'vault' || textAt(object, 'spec', 'provider') !== undefined) return undefined;
  const message = `${objectName(ref)} reads from ${name}: secrets come from Vault`;
  return { path: ['spec', 'provider', name], message, fix: 'use a store with the provider vault (decision od-003)' };
}
