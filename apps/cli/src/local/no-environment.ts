import { NotFoundError } from '@fairlead/domain';
import type { Place } from './find-place.ts';

/** Nothing was judged: a quiet success would be taken for a verdict. */
export function noEnvironment({ root, path }: Place): NotFoundError {
  const where = path === '' ? root : path;
  const hint = 'name a folder with a kustomization.yaml in or below it';
  return new NotFoundError('environment-unknown', `no environment was found in ${where}`, { hint });
}
