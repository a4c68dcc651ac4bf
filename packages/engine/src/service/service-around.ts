import { folderOf } from '@fairlead/domain';
import type { PathTree } from '../ports/file-snapshot.ts';
import { loadService } from './load-service.ts';
import type { LoadedService } from './service-configuration.ts';

/** The nearest service root that the folder is or lies in. */
export async function serviceAround(files: PathTree, path: string): Promise<LoadedService | undefined> {
  for (let folder = path; ; folder = folderOf(folder)) {
    const marker = await files.look(folder === '' ? '.fairlead/service.yaml' : `${folder}/.fairlead/service.yaml`);
    if (marker.kind === 'file') return loadService(files, folder);
    if (folder === '') return undefined;
  }
}
