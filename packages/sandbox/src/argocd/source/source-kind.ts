import { type FileSnapshot } from '@fairlead/renderer';

import { kustomizationFiles } from '../../source/edited-kustomization.ts';

/** As `status.sourceType` names it. */
export type SourceType = 'Kustomize' | 'Helm' | 'Directory';

export async function sourceTypeOf(files: FileSnapshot, path: string): Promise<SourceType | undefined> {
  const folder = await files.look(path);
  if (folder.kind !== 'directory') return undefined;
  if (folder.entries.some((name) => kustomizationFiles.includes(name))) return 'Kustomize';
  return folder.entries.includes('Chart.yaml') ? 'Helm' : 'Directory';
}
