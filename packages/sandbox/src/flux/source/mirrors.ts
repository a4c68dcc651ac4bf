import { createHash } from 'node:crypto';
import { join } from 'node:path';

import { gitMirror, type GitMirror, type RepositoryAccess } from '../../source/git-mirror.ts';

/** A mirror for every repository that was asked for. */
export interface Mirrors extends AsyncDisposable {
  of(url: string): GitMirror;
}

export function mirrors(folder: string, repositories: readonly RepositoryAccess[]): Mirrors {
  const open = new Map<string, GitMirror>();
  return {
    of(url) {
      const name = createHash('sha256').update(url).digest('hex').slice(0, 16);
      const mirror = open.get(url) ?? gitMirror(join(folder, name), repositories.find((access) => access.url === url) ?? { url });
      open.set(url, mirror);
      return mirror;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...open.values()].map((mirror) => mirror[Symbol.asyncDispose]()));
    },
  };
}
