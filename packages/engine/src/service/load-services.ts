import type { Digest, Environment, Problem, Profile, ResolvedPolicy, Service, ValidationPhase } from '@fairlead/domain';
import type { PathTree } from '../ports/file-snapshot.ts';
import { loadService } from './load-service.ts';

/** A service root's documents. `root` is its folder, '' for the repository's top. */
export interface ServiceConfiguration {
  readonly kind: 'ok';
  readonly root: string;
  readonly service: Service;
  readonly environments: readonly Environment[];
  readonly profiles: readonly Profile[];
  readonly policy: ResolvedPolicy;
  /** Each after those that it names. */
  readonly phases: readonly ValidationPhase[];
  /** Over all documents: names the configuration that a decision used. */
  readonly digest: Digest;
}

export type LoadedService =
  ServiceConfiguration | { readonly kind: 'invalid'; readonly root: string; readonly problems: readonly Problem[] };

const marker = '.fairlead/service.yaml';

/** Every service root of the tree, by folder. Nothing is half loaded: a root with one wrong document is invalid, with all its problems. */
export async function loadServices(files: PathTree): Promise<readonly LoadedService[]> {
  const listed = await files.files('');
  const paths = listed === 'absent' ? [] : listed.map(({ path }) => path);
  return Promise.all(serviceRoots(paths).map((root) => loadService(files, root)));
}

/** The folders that hold a service document. */
export function serviceRoots(paths: readonly string[]): readonly string[] {
  return paths
    .filter((path) => path === marker || path.endsWith(`/${marker}`))
    .map((path) => path.slice(0, -marker.length).replace(/\/$/, ''));
}
