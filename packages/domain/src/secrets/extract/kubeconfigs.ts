import { isPlaceholder } from '../placeholder.ts';
import { textOf, type Extractor } from '../scan-hit.ts';

const inUser =
  /^users\/\d+\/user\/(?:client-key-data|token|password|auth-provider\/config\/(?:access-token|id-token|refresh-token|client-secret))$/;
const inLogin = /^auths\/.+\/(?:auth|password|identitytoken|registrytoken)$/;
const inOldLogin = /^[^/]+\.[^/]+(?:\/.*)?\/(?:auth|password)$/;

/** What a kubeconfig or a container registry's login signs in with. */
export const kubeconfigs: Extractor = ({ file, objects }) =>
  objects.flatMap(({ kind, group, leaves, path }) => {
    const isConfig = kind === 'Config' && group === '';
    const old = file.endsWith('.dockercfg') && path.length === 0;
    return leaves.flatMap(({ leaf, place, rest }) => {
      const text = textOf(leaf).trim();
      const isLogin = (path.length === 0 && inLogin.test(place)) || (old && inOldLogin.test(place));
      if ((!(isConfig && inUser.test(place)) && !isLogin) || saysNothing(text)) return [];
      const whose = isLogin ? 'the login of a container registry' : 'a kubeconfig';
      return [{ rule: 'S07', leaf, message: `${whose} holds ${String(rest.at(-1))} in clear` }];
    });
  });

function saysNothing(text: string): boolean {
  return text === '' || isPlaceholder(text) || /^<.*>$/.test(text);
}
