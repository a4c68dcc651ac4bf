import { createHash } from 'node:crypto';
import { type FileAnswer, type FileSnapshot } from './file-snapshot.ts';

/** A snapshot that holds its files itself, by path, and symbolic links with their targets. */
export function memorySnapshot(
  files: Readonly<Record<string, string | Uint8Array>>,
  links: Readonly<Record<string, string>> = {},
): FileSnapshot {
  const held = new Map([...Object.entries(files), ...Object.entries(links)]);
  const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

  function directory(path: string): FileAnswer {
    const prefix = path === '' ? '' : `${path}/`;
    const below = [...held.keys()].filter((name) => name.startsWith(prefix)).sort();
    if (below.length === 0) return { kind: 'absent' };
    const entries = [...new Set(below.map((name) => name.slice(prefix.length).split('/', 1).join('')))];
    return { kind: 'directory', entries, digest: sha256(JSON.stringify(below.map((name) => [name, sha256(held.get(name) ?? '')]))) };
  }

  return {
    look(path) {
      const link = Object.entries(links).find(([name]) => path === name || path.startsWith(`${name}/`));
      if (link !== undefined) return Promise.resolve({ kind: 'symlink', ...(path === link[0] ? { target: link[1] } : {}) });
      const content = held.get(path);
      if (content === undefined) return Promise.resolve(directory(path));
      return Promise.resolve({ kind: 'file', bytes: Buffer.from(content), digest: sha256(content) });
    },
  };
}
