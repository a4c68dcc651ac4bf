import { jsonPointer } from '../document/json-pointer.ts';
import type { JsonObject } from '../document/json.ts';
import type { ContractDocuments, ContractFault } from './contract-documents.ts';

/** What the build says for the profile, and over it what the profile says: that is reviewed with the environment. */
export function contractParameters({ profile, release }: Pick<ContractDocuments, 'profile' | 'release'>): JsonObject {
  return { ...release.manifest.profiles?.[profile.metadata.name], ...profile.spec.parameters?.values };
}

/** A fault of a parameter, at its value, or at the schema where only the build gives it. `pointer` is in the parameters. */
export function parameterFault(
  { profile, release }: Pick<ContractDocuments, 'profile' | 'release'>,
  { pointer, message }: { readonly pointer: string; readonly message: string },
): ContractFault {
  const name = pointer.split('/')[1]?.replaceAll('~1', '/').replaceAll('~0', '~');
  const isOwn = name !== undefined && Object.hasOwn(profile.spec.parameters?.values ?? {}, name);
  const { version } = release.manifest.metadata;
  const subject = pointer === '' ? 'the parameters' : `parameter ${pointer.slice(1)}`;
  const source = isOwn || pointer === '' ? '' : ` (release ${version} gives it)`;
  return {
    rule: 'contract-parameter-invalid',
    document: 'profile',
    pointer: isOwn ? `/spec/parameters/values${jsonPointer([name])}` : '/spec/parameters/schema',
    message: `${subject}${source}: ${message}`,
    fix: 'give it in spec.parameters.values of the profile as its schema says, or correct the schema',
  };
}
