import type { JsonObject } from '../document/json.ts';
import type { FoundSecret } from './found-secret.ts';

const vaultPath = /<path:[^#<>]{1,300}#[^<>]{1,300}>/;

/** What only another controller than the environment's resolves: it would be applied as it stands. */
export function unreadableSecrets(object: JsonObject, controller: 'argocd' | 'flux'): readonly FoundSecret[] {
  switch (controller) {
    case 'flux':
      return vaultPath.test(JSON.stringify(object)) ? [found('a placeholder of argocd-vault-plugin, which Flux does not resolve')] : [];
    case 'argocd':
      return object['kind'] === 'Secret' && 'sops' in object
        ? [found('a Secret encrypted with SOPS, which Argo CD decrypts only with a plugin')]
        : [];
  }
}

function found(what: string): FoundSecret {
  return { rule: 'S16', message: `the object is or holds ${what}`, line: 1, column: 1, pointer: '', value: '' };
}
