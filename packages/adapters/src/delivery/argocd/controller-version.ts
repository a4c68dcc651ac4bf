import { UpstreamError } from '@fairlead/domain';
import type { ArgoCdClient } from './client.ts';
import { RunningImages } from './schema.ts';

/** What runs, by the image's tag: evidence names it. Nothing where it can't be seen, which stops nobody. */
export async function controllerVersion(client: ArgoCdClient, cluster: string, namespace: string): Promise<string | undefined> {
  try {
    const found = RunningImages.safeParse(await client.controller(cluster, namespace));
    const images = found.success ? found.data.spec.template.spec.containers : [];
    const tags = images.flatMap(({ image }) => /:([\w][\w.-]*)(?:@|$)/.exec(image ?? '')?.[1] ?? []);
    return tags[0] === undefined ? undefined : `argo-cd ${tags[0]}`;
  } catch (error) {
    if (error instanceof UpstreamError) return undefined;
    throw error;
  }
}
