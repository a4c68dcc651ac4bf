import { isDeepStrictEqual } from 'node:util';

import { at, listAt, textAt, type Json } from '../../json/json.ts';
import { conditionOf, conditionsOf } from '../../kube/conditions.ts';
import { KubeApiError } from '../../kube/kube-client.ts';
import { isKubeObject, namespaceOf, type KubeObject } from '../../kube/kube-object.ts';
import { type FluxContext } from '../controller/flux-context.ts';
import { kustomizationVersion, sourceReferenceOf } from './flux-kustomization.ts';

/** Why a dependency holds the object up; undefined when none does. One of the same source has to have applied the same revision. */
export async function unmetDependency(context: FluxContext, kustomization: KubeObject, revision: string): Promise<string | undefined> {
  for (const dependency of listAt(kustomization, 'spec', 'dependsOn')) {
    const unmet = await whyUnmet(context, kustomization, { dependency, revision });
    if (unmet !== undefined) return unmet;
  }
  return undefined;
}

interface Awaited {
  readonly dependency: Json;
  readonly revision: string;
}

async function whyUnmet(
  { client }: FluxContext,
  kustomization: KubeObject,
  { dependency, revision }: Awaited,
): Promise<string | undefined> {
  const namespace = textAt(dependency, 'namespace') ?? namespaceOf(kustomization);
  const name = textAt(dependency, 'name') ?? '';
  const label = `dependency '${namespace}/${name}'`;
  try {
    const found = await client.send({ verb: 'GET', path: `/apis/${kustomizationVersion}/namespaces/${namespace}/kustomizations/${name}` });
    if (!isKubeObject(found) || !isReady(found)) return `${label} is not ready`;
    const isSameSource = isDeepStrictEqual(sourceReferenceOf(found), sourceReferenceOf(kustomization));
    const isBehind = isSameSource && textAt(found, 'status', 'lastAppliedRevision') !== revision;
    return isBehind ? `${label} revision is not up to date` : undefined;
  } catch (error) {
    if (!(error instanceof KubeApiError)) throw error;
    return `${label} not found: ${error.message}`;
  }
}

function isReady(kustomization: KubeObject): boolean {
  const isObserved = at(kustomization, 'status', 'observedGeneration') === kustomization.metadata['generation'];
  return conditionsOf(kustomization).length > 0 && isObserved && conditionOf(kustomization, 'Ready')?.status === 'True';
}
