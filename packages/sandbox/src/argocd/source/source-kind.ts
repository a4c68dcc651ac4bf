import { type FileSnapshot } from '@fairlead/renderer';

/** As `status.sourceType` names it. */
export type SourceType = 'Kustomize' | 'Helm' | 'Directory';

export const kustomizationFiles = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

export async function sourceTypeOf(files: FileSnapshot, path: string): Promise<SourceType | undefined> {
  const folder = await files.look(path);
  if (folder.kind !== 'directory') return undefined;
  if (folder.entries.some((name) => kustomizationFiles.includes(name))) return 'Kustomize';
  return folder.entries.includes('Chart.yaml') ? 'Helm' : 'Directory';
}

/** `./overlays/dev/` and `overlays/dev` are one folder, `.` is the root. */
export function tidyPath(path: string): string {
  return path
    .split('/')
    .filter((step) => step !== '' && step !== '.')
    .join('/');
}
