import { digestOf, digestOfBytes } from '@fairlead/domain';
import type { FileAnswer, FileSnapshot } from '../ports/file-snapshot.ts';

/** A snapshot with some files other or new, by path. */
export function withFiles(files: FileSnapshot, given: ReadonlyMap<string, Uint8Array>): FileSnapshot {
  return {
    async look(path) {
      const bytes = given.get(path);
      if (bytes !== undefined) return { kind: 'file', bytes, digest: digestOfBytes(bytes) };
      const prefix = path === '' ? '' : `${path}/`;
      const names = [...given.keys()]
        .filter((name) => name.startsWith(prefix))
        .map((name) => name.slice(prefix.length).split('/')[0] ?? '');
      return names.length === 0 ? files.look(path) : folder(await files.look(path), names);
    },
  };
}

function folder(before: FileAnswer, names: readonly string[]): FileAnswer {
  if (before.kind === 'file' || before.kind === 'symlink') return before;
  const entries = [...new Set([...(before.kind === 'directory' ? before.entries : []), ...names])].toSorted();
  return { kind: 'directory', entries, digest: digestOf({ entries, before: before.kind === 'directory' ? before.digest : 'absent' }) };
}
