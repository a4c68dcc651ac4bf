import { at, objectAt, textAt, type JsonObject } from '../../json/json.ts';
import { formatGoDuration, parseGoDuration } from '../../kube/go-duration.ts';
import { nameOf, namespaceOf, type KubeObject } from '../../kube/kube-object.ts';
import { type SourceReference } from '../source/find-source.ts';

export const helmGroup = 'helm.toolkit.fluxcd.io';
export const helmReleaseVersion = `${helmGroup}/v2`;

/** Where and under which name a HelmRelease is released. */
export interface ReleaseTarget {
  readonly name: string;
  readonly namespace: string;
  /** Of the Secrets that Helm remembers releases in. */
  readonly storageNamespace: string;
}

export function releaseTargetOf(object: KubeObject): ReleaseTarget {
  const spec = objectAt(object, 'spec');
  const targetNamespace = textAt(spec, 'targetNamespace');
  const derived = targetNamespace === undefined ? nameOf(object) : `${targetNamespace}-${nameOf(object)}`;
  return {
    name: textAt(spec, 'releaseName') ?? derived,
    namespace: targetNamespace ?? namespaceOf(object),
    storageNamespace: textAt(spec, 'storageNamespace') ?? namespaceOf(object),
  };
}

export function timeoutOf(object: KubeObject): { readonly ms: number; readonly text: string } {
  const ms = parseGoDuration(textAt(object, 'spec', 'timeout') ?? '5m0s');
  return { ms, text: formatGoDuration(ms) };
}

export type DriftMode = 'disabled' | 'warn' | 'enabled';

export function driftModeOf(object: KubeObject): DriftMode {
  const mode = textAt(object, 'spec', 'driftDetection', 'mode');
  return mode === 'warn' || mode === 'enabled' ? mode : 'disabled';
}

export interface ChartSource extends SourceReference {
  /** Of the chart's folder in the source. */
  readonly path: string;
  /** Whether a new revision of the source is a new chart even where its version is the same. */
  readonly byRevision: boolean;
}

/** Where the chart comes from: a folder of a Git source, or all of an OCI one. */
export function chartSourceOf(object: KubeObject): ChartSource {
  const own = namespaceOf(object);
  const reference = (ref: JsonObject): SourceReference => ({
    kind: textAt(ref, 'kind') ?? '',
    namespace: textAt(ref, 'namespace') ?? own,
    name: textAt(ref, 'name') ?? '',
  });
  if (at(object, 'spec', 'chartRef') !== undefined) {
    return { ...reference(objectAt(object, 'spec', 'chartRef')), path: '', byRevision: true };
  }
  const template = objectAt(object, 'spec', 'chart', 'spec');
  return {
    ...reference(objectAt(template, 'sourceRef')),
    path: textAt(template, 'chart') ?? '',
    byRevision: textAt(template, 'reconcileStrategy') === 'Revision',
  };
}
