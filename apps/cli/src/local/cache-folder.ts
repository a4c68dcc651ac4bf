import { isAbsolute, join } from 'node:path';
import type { Terminal } from '../terminal.ts';

/** Where what can be found out again is kept. `undefined` where nobody has a home. */
export function cacheFolder({ env }: Pick<Terminal, 'env'>, name: string): string | undefined {
  const { XDG_CACHE_HOME: cache = '', HOME: home = '' } = env;
  // A relative one is to be ignored, says the XDG base directory specification.
  const base = isAbsolute(cache) ? cache : isAbsolute(home) ? join(home, '.cache') : undefined;
  return base === undefined ? undefined : join(base, 'fairlead', name);
}
