import type { Bytes } from '../bytes/bytes.ts';
import { sha256Hex } from '../bytes/crypto.ts';
import { demand } from '../refusal.ts';
import type { ManifestFile } from './manifest.ts';

export type Files = ReadonlyMap<string, Bytes>;

export const manifestName = 'manifest.dsse.json';

/** Every name that a bundle may hold: so no path leads anywhere. */
const names = [
  /^checkpoint$/,
  /^consistency$/,
  /^index\.html$/,
  /^keys\.json$/,
  /^payloads\/sha256-[0-9a-f]{64}$/,
  /^prev-checkpoint$/,
  /^proofs\/[0-9]{12}\.tlog-proof$/,
  /^records\/[0-9]{12}\.sigstore\.json$/,
] as const;

/** The manifest first, the rest by name. */
export function requireNames(files: Files): void {
  const [first, ...rest] = files.keys();
  demand(first === manifestName, 'manifest-missing', `the first file is not ${manifestName}`);
  for (const name of rest)
    demand(
      names.some((known) => known.test(name)),
      'name-refused',
      `no bundle holds ${JSON.stringify(name.slice(0, 200))}`,
    );
  const sorted = [...rest].sort();
  demand(
    rest.every((name, at) => name === sorted[at]),
    'files-unordered',
    'the files are not in the order of their names',
  );
}

/** The files are those of the manifest, and it lists them all. */
export async function requireFiles(files: Files, listed: readonly ManifestFile[]): Promise<void> {
  const expected = new Map(listed.map((file) => [file.path, file]));
  demand(expected.size === listed.length, 'manifest-invalid', 'the manifest lists a file twice');
  for (const path of expected.keys())
    demand(path !== manifestName && files.has(path), 'file-missing', `the manifest lists ${path}, which is not there`);
  await Promise.all(
    [...files].map(async ([name, bytes]) => {
      if (name === manifestName) return;
      const file = expected.get(name);
      demand(file !== undefined, 'file-added', `the manifest does not list ${name}`);
      demand(
        file.size === bytes.length && file.sha256 === (await sha256Hex(bytes)),
        'file-changed',
        `${name} is not what the manifest lists`,
      );
    }),
  );
}

/** The files of one folder, by the part of their name that differs. */
export function filesIn(files: Files, prefix: string, suffix: string): ReadonlyMap<string, Bytes> {
  const own = [...files].filter(([name]) => name.startsWith(prefix) && name.endsWith(suffix));
  return new Map(own.map(([name, bytes]) => [name.slice(prefix.length, name.length - suffix.length), bytes]));
}

export function fileOf(files: Files, name: string): Bytes {
  const bytes = files.get(name);
  demand(bytes !== undefined, 'file-missing', `the bundle has no ${name}`);
  return bytes;
}
