import { join } from 'node:path';

export const root = join(import.meta.dirname, '../..');
export const example = join(root, 'examples/platform-control');
export const history = join(root, 'examples/history');
export const service = 'platform-control';

export function releaseFile(version: string): string {
  return join(history, 'releases', `${version}.yaml`);
}
