import {
  capturedComponents,
  containerImages,
  InvalidError,
  objectRefOf,
  renderFault,
  type CapturedComponents,
  type JsonObject,
} from '@fairlead/domain';
import type { FoundEnvironment } from '../check/find-environments.ts';
import type { Cluster } from '../ports/cluster.ts';
import type { FileSnapshot } from '../ports/file-snapshot.ts';
import type { Renderer } from '../ports/renderer.ts';

interface Capture {
  readonly environment: FoundEnvironment & Required<Pick<FoundEnvironment, 'declared'>>;
  readonly files: FileSnapshot;
  /** Where the environment runs; without it only pinned images can be told. */
  readonly live?: { readonly cluster: Cluster; readonly name: string };
}

/** The images that an environment wants and runs, by component. Throws `InvalidError` where it doesn't render. */
export async function captureComponents(renderer: Renderer, { environment, files, live }: Capture): Promise<CapturedComponents> {
  const outcome = await renderer.render(environment.path, files);
  if (outcome.kind === 'failed') {
    const { message, fix } = renderFault(outcome);
    throw new InvalidError(outcome.code, message, { hint: fix });
  }
  const { service } = environment.declared;
  const desired = containerImages(outcome.objects);
  if (live === undefined) return capturedComponents(service.spec.components, { desired });
  const inventory = await live.cluster.liveContainers(live.name, namespacesOf(environment, outcome.objects));
  return capturedComponents(service.spec.components, { desired, inventory });
}

function namespacesOf({ declared }: Capture['environment'], objects: readonly JsonObject[]): readonly string[] {
  const rendered = objects.flatMap((object) => objectRefOf(object).namespace ?? []);
  return [...new Set([...declared.environment.spec.namespaces.map(({ name }) => name), ...rendered])].toSorted();
}
