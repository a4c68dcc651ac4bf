import type { JsonObject } from '../../document/json.ts';
import { resourceOf } from '../../installation/kind-resource.ts';
import { kindName } from '../../service/kind-name.ts';
import { objectName } from '../object-ref.ts';
import { objectRefOf } from '../object-ref-of.ts';
import type { ObjectFault } from './object-fault.ts';

/** Objects in namespaces that nobody allowed. One that names no namespace goes where its controller puts it. */
export function judgeNamespaces(objects: readonly JsonObject[], allowed: readonly string[]): readonly ObjectFault[] {
  return objects.flatMap((object): readonly ObjectFault[] => {
    const ref = objectRefOf(object);
    if (ref.namespace === undefined || allowed.includes(ref.namespace) || !resourceOf(ref).namespaced) return [];
    const message = `${objectName(ref)} is in the namespace ${ref.namespace}; allowed: ${allowed.join(', ')}`;
    const fix = `put it into ${allowed[0] ?? 'an allowed namespace'}, or add ${ref.namespace} to spec.namespaces of the profile`;
    return [{ rule: 'contract-namespace', object: ref, path: ['metadata', 'namespace'], message, fix }];
  });
}

/** Objects outside of every namespace, of kinds that the service doesn't list. */
export function judgeClusterScope(objects: readonly JsonObject[], allowed: readonly string[]): readonly ObjectFault[] {
  return objects.flatMap((object): readonly ObjectFault[] => {
    const ref = objectRefOf(object);
    const kind = kindName(ref);
    if (resourceOf(ref).namespaced || allowed.includes(kind)) return [];
    const message = `${objectName(ref)} is of the whole cluster, and ${kind} is not among the kinds that the service may have there`;
    const fix = `leave it to who looks after the cluster, or add ${kind} to spec.clusterScoped of the service`;
    return [{ rule: 'cluster-scoped-not-listed', object: ref, path: ['kind'], message, fix }];
  });
}
