import { digestOfText, ObjectSha, RepoPath, type TreeFile } from '@fairlead/domain';
import type { FileAnswer, TreeSnapshot } from '../ports/file-snapshot.ts';

/** A tree that holds its files itself, by path. */
export function memoryTree(texts: Readonly<Record<string, string>>): TreeSnapshot {
  const paths = Object.keys(texts).toSorted();
  const below = (folder: string): readonly string[] => paths.filter((path) => folder === '' || path.startsWith(`${folder}/`));

  function directory(path: string): FileAnswer {
    const start = path === '' ? 0 : path.length + 1;
    const entries = [...new Set(below(path).map((name) => name.slice(start).split('/')[0] ?? ''))];
    if (entries.length === 0 && path !== '') return { kind: 'absent' };
    return { kind: 'directory', entries, digest: digestOfText(entries.join('\n')) };
  }

  return {
    look(path) {
      const text = texts[path];
      return Promise.resolve(text === undefined ? directory(path) : { kind: 'file', bytes: utf8(text), digest: blobOf(text) });
    },
    files(path) {
      const found = below(path).map((name): TreeFile => ({ path: RepoPath.parse(name), mode: '100644', blob: blobOf(texts[name] ?? '') }));
      return Promise.resolve(found.length === 0 && path !== '' ? 'absent' : found);
    },
  };
}

/** Not Git's, but one for each content. */
function blobOf(text: string): ObjectSha {
  return ObjectSha.parse(digestOfText(text).slice('sha256:'.length).slice(0, 40));
}

function utf8(text: string): Uint8Array {
  const bytes = encodeURIComponent(text).matchAll(/%([0-9A-F]{2})|[^]/g);
  return Uint8Array.from(bytes, ([letter, hex]) => (hex === undefined ? letter.charCodeAt(0) : Number.parseInt(hex, 16)));
}
