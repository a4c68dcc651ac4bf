import { UpstreamError } from '@fairlead/domain';
import { absent, type FluxClient } from './client.ts';
import { ControllerDeployment } from './schema.ts';

const name = 'kustomize-controller';

/** What runs, by the image's tag: evidence names it. Nothing where it can't be seen, which stops nobody. */
export async function controllerVersion(client: FluxClient, cluster: string, namespace: string): Promise<string | undefined> {
  try {
    const found = await client.deployment(cluster, namespace, name);
    return found === absent ? undefined : versionOf(found);
  } catch (error) {
    if (error instanceof UpstreamError) return undefined;
    throw error;
  }
}

function versionOf(found: unknown): string | undefined {
  const deployment = ControllerDeployment.safeParse(found);
  if (!deployment.success) return undefined;
  const { metadata, spec } = deployment.data;
  const image = spec.template.spec.containers.find((container) => container.name === 'manager')?.image ?? '';
  const tag = /:([^/:]+)$/.exec(image.split('@')[0] ?? '')?.slice(1) ?? [];
  const flux = Object.entries(metadata.labels ?? {}).flatMap(([key, value]) =>
    key === 'app.kubernetes.io/version' ? [`flux ${value}`] : [],
  );
  const versions = [...tag.map((version) => `${name} ${version}`), ...flux];
  return versions.length === 0 ? undefined : versions.join(', ');
}
