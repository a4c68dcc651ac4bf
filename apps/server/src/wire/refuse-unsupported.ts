import { InvalidError, type Installation } from '@fairlead/domain';

/** What the document can say and this version can't do is refused, never ignored. */
export function refuseUnsupported({ spec }: Installation): void {
  const forges = spec.repositories.filter(({ forge }) => forge !== 'local').map(({ name, forge }) => `repository ${name}: forge ${forge}`);
  const keys = Object.keys(spec.keys).map((key) => `keys.${key}`);
  const unsupported = [...forges, ...keys];
  if (unsupported.length === 0) return;
  throw new InvalidError('configuration-invalid', `this version does not support ${unsupported.join(', ')}`, {
    hint: 'use forge local, and the keys in <dataDir>/keys',
  });
}
