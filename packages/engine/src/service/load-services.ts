import type { PathTree } from '../ports/file-snapshot.ts';
import { loadService } from './load-service.ts';
import type { LoadedService } from './service-configuration.ts';

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
