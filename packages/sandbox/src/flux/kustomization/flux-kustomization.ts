import { at, listAt, objectAt, textAt, type Json } from '../../json/json.ts';
import { formatGoDuration, parseGoDuration } from '../../kube/go-duration.ts';
import { nameOf, namespaceOf, type KubeObject } from '../../kube/kube-object.ts';
import { durationAt } from '../controller/pace.ts';
import { type SourceReference } from '../source/find-source.ts';

export const kustomizeGroup = 'kustomize.toolkit.fluxcd.io';
export const kustomizationVersion = `${kustomizeGroup}/v1`;

const shortestTimeoutMs = 30_000;

/** Thirty seconds less than the interval unless said, and never less than thirty. */
export function timeoutOf(kustomization: KubeObject): { readonly ms: number; readonly text: string } {
  const declared = durationAt(kustomization, 'spec', 'timeout');
  const ms = Math.max(shortestTimeoutMs, declared ?? parseGoDuration(intervalOf(kustomization)) - shortestTimeoutMs);
  return { ms, text: formatGoDuration(ms) };
}

export function intervalOf(kustomization: KubeObject): string {
  return textAt(kustomization, 'spec', 'interval') ?? '10m';
}

export function retryIntervalOf(kustomization: KubeObject): string {
  return textAt(kustomization, 'spec', 'retryInterval') ?? intervalOf(kustomization);
}

export function sourceReferenceOf(kustomization: KubeObject): SourceReference {
  const ref = objectAt(kustomization, 'spec', 'sourceRef');
  const namespace = textAt(ref, 'namespace') ?? namespaceOf(kustomization);
  return { kind: textAt(ref, 'kind') ?? '', namespace, name: textAt(ref, 'name') ?? '' };
}

export function isSourceOf(source: KubeObject, kustomization: KubeObject): boolean {
  const { kind, namespace, name } = sourceReferenceOf(kustomization);
  return kind === source.kind && namespace === namespaceOf(source) && name === nameOf(source);
}

/** Whether what becomes of its objects is awaited at all. */
export function awaitsHealth(kustomization: KubeObject): boolean {
  return waitsForAll(kustomization) || healthChecksOf(kustomization).length > 0;
}

export function waitsForAll(kustomization: KubeObject): boolean {
  return at(kustomization, 'spec', 'wait') === true;
}

function healthChecksOf(kustomization: KubeObject): readonly Json[] {
  return listAt(kustomization, 'spec', 'healthChecks');
}

/** The objects that `spec.healthChecks` names; those without a version are workloads. */
export function namedHealthChecks(kustomization: KubeObject): readonly KubeObject[] {
  return healthChecksOf(kustomization).map((check) => ({
    apiVersion: textAt(check, 'apiVersion') ?? 'apps/v1',
    kind: textAt(check, 'kind') ?? '',
    metadata: { name: textAt(check, 'name') ?? '', namespace: textAt(check, 'namespace') ?? '' },
  }));
}
