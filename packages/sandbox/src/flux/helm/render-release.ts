import { isJson, objectAt, type JsonObject } from '../../json/json.ts';
import { isKubeObject, nameOf, namespaceOf, withMetadata, type KubeObject } from '../../kube/kube-object.ts';
import { type FluxContext } from '../controller/flux-context.ts';
import { helmGroup, releaseTargetOf } from './helm-release.ts';
import { type LoadedChart } from './load-chart.ts';

/** A chart's objects as the release applies them: in its namespace, with Helm's labels and the controller's. Hooks and tests are left out. */
export async function renderRelease(
  { render, discovery }: FluxContext,
  owner: KubeObject,
  { chart, values }: { readonly chart: LoadedChart; readonly values: JsonObject },
): Promise<readonly KubeObject[]> {
  const { name: releaseName, namespace } = releaseTargetOf(owner);
  const { files, path } = chart;
  const outcome = await render({
    kind: 'helm',
    path,
    files,
    releaseName,
    namespace,
    values,
    includeCrds: true,
    skipHooks: true,
    skipTests: true,
  });
  if (outcome.kind === 'failed') throw new Error(outcome.message.replace(/^Error: /, ''));
  const objects = outcome.objects.flatMap((object) => (isJson(object) && isKubeObject(object) ? [object] : []));
  const placed = objects.map(async (object) => {
    const type = await discovery.find(object.apiVersion, object.kind);
    const isPlaced = type?.namespaced === false || namespaceOf(object) !== '';
    const metadata: JsonObject = isPlaced ? object.metadata : { ...object.metadata, namespace };
    const labels = {
      ...objectAt(metadata, 'labels'),
      'app.kubernetes.io/managed-by': 'Helm',
      [`${helmGroup}/name`]: nameOf(owner),
      [`${helmGroup}/namespace`]: namespaceOf(owner),
    };
    const release = { 'meta.helm.sh/release-name': releaseName, 'meta.helm.sh/release-namespace': namespace };
    return withMetadata(object, { ...metadata, labels, annotations: { ...objectAt(metadata, 'annotations'), ...release } });
  });
  return Promise.all(placed);
}
