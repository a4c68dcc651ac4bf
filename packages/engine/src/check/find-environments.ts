import {
  folderOf,
  isComponent,
  isHelmRender,
  isKustomization,
  kustomizationReferences,
  RepoPath,
  type Environment,
  type Profile,
  type ResolvedPolicy,
  type Service,
} from '@fairlead/domain';
import type { PathTree } from '../ports/file-snapshot.ts';
import { loadService } from '../service/load-service.ts';
import { serviceAround } from '../service/service-around.ts';
import { serviceRoots } from '../service/load-services.ts';
import type { LoadedService, ServiceConfiguration } from '../service/service-configuration.ts';
import { TextFiles } from './text-files.ts';

/** A place that is rendered: declared in a service root, or only found. */
export interface FoundEnvironment {
  /** `service/environment`; a folder's path where nobody declared it. */
  readonly name: string;
  readonly path: RepoPath | '';
  readonly declared?: {
    readonly root: string;
    readonly service: Service;
    readonly environment: Environment;
    readonly profile: Profile;
    readonly policy: ResolvedPolicy;
  };
}

export interface FoundEnvironments {
  readonly environments: readonly FoundEnvironment[];
  /** The service roots that were read, those with wrong documents included. */
  readonly services: readonly LoadedService[];
}

/** What to look at below `path`: the environments that a service root declares; without one each kustomization that no other builds on, and each chart that is said how to
 *  render. */
export async function findEnvironments(files: PathTree, path: RepoPath | ''): Promise<FoundEnvironments> {
  const paths = await pathsBelow(files, path);
  const services = await Promise.all(serviceRoots(paths).map((root) => loadService(files, root)));
  if (services.length > 0) {
    const found = services.map(async (service) => (service.kind === 'ok' ? declaredIn(service) : kustomizationsOf(files, service.root)));
    return { services, environments: (await Promise.all(found)).flat() };
  }
  const above = await serviceAround(files, path);
  if (above === undefined) return { services: [], environments: await undeclared(files, paths) };
  const declared = above.kind === 'ok' ? declaredIn(above).filter((environment) => overlaps(environment.path, path)) : [];
  return { services: [above], environments: declared.length > 0 ? declared : await undeclared(files, paths) };
}

async function pathsBelow(files: PathTree, path: string): Promise<readonly string[]> {
  const listed = await files.files(path);
  return listed === 'absent' ? [] : listed.map((file) => file.path);
}

/** Each kustomization at or below the folder that no other builds on, whoever declared it. */
export async function kustomizationsOf(files: PathTree, root: string): Promise<readonly FoundEnvironment[]> {
  return undeclared(files, await pathsBelow(files, root));
}

function declaredIn({ root, service, environments, profiles, policy }: ServiceConfiguration): readonly FoundEnvironment[] {
  const order = service.spec.environments;
  const inOrder = environments.toSorted((a, b) => order.indexOf(a.metadata.name) - order.indexOf(b.metadata.name));
  return inOrder.flatMap((environment) => {
    const profile = profiles.find(({ metadata }) => metadata.name === environment.spec.profile);
    if (profile === undefined) return []; // a root where none declares it isn't loaded
    return {
      name: `${service.metadata.name}/${environment.metadata.name}`,
      path: RepoPath.parse(root === '' ? environment.spec.path : `${root}/${environment.spec.path}`),
      declared: { root, service, environment, profile, policy },
    };
  });
}

function overlaps(one: string, other: string): boolean {
  const within = (path: string, folder: string): boolean => path === folder || folder === '' || path.startsWith(`${folder}/`);
  return within(one, other) || within(other, one);
}

async function undeclared(files: PathTree, paths: readonly string[]): Promise<readonly FoundEnvironment[]> {
  const texts = new TextFiles(files);
  const found = await Promise.all(
    paths.filter(isKustomization).map(async (file) => ({ folder: folderOf(file), file, leaves: await texts.leaves(file) })),
  );
  const used = new Set(found.flatMap(({ file, leaves }) => kustomizationReferences(file, leaves)));
  return found
    .filter(({ folder, leaves }) => !used.has(folder) && !isComponent(leaves))
    .map(({ folder }) => folder)
    .concat(paths.filter(isHelmRender).map(folderOf))
    .map((folder) => ({ name: folder === '' ? '.' : folder, path: folder === '' ? '' : RepoPath.parse(folder) }));
}
