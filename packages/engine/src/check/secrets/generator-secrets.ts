import {
  folderOf,
  generatorSources,
  isKustomization,
  pathFrom,
  sourceLiterals,
  type FoundSecret,
  type ManifestLeaf,
} from '@fairlead/domain';
import type { GeneratorSource } from '@fairlead/domain';
import type { Checking } from '../checking.ts';

/** `wholeFile`: the file is the value, so that whatever is found inside of it tells more. */
export type GeneratedSecret = FoundSecret & { readonly wholeFile: boolean };

/** The values in clear of files that a kustomization makes Secrets of, by file. */
export async function generatorSecrets(
  checking: Checking,
  files: readonly string[],
): Promise<ReadonlyMap<string, readonly GeneratedSecret[]>> {
  const found = new Map<string, GeneratedSecret[]>();
  for (const file of files.filter(isKustomization)) {
    for (const source of generatorSources(await checking.texts.leaves(file))) {
      const path = pathFrom(folderOf(file), source.path);
      const secrets = path === undefined ? [] : await secretsOf(checking, path, source);
      if (path !== undefined && secrets.length > 0 && !found.has(path)) found.set(path, [...secrets]);
    }
  }
  return found;
}

async function secretsOf({ texts }: Checking, path: string, source: GeneratorSource<ManifestLeaf>): Promise<readonly GeneratedSecret[]> {
  const text = await texts.text(path);
  if (text.kind === 'absent') return [];
  const literals = text.kind === 'text' ? sourceLiterals(source, text.text) : [{ key: source.key, line: 1 }];
  const lines = text.kind === 'text' ? text.text.split('\n') : [];
  return literals.map(({ key, line }) => {
    const own = lines[line - 1] ?? '';
    const wholeFile = source.kind === 'file';
    return {
      rule: 'S13',
      message: `the generator of Secret ${source.name} reads ${key} in clear from this file`,
      line,
      column: 1,
      pointer: '',
      value: wholeFile ? lines.join('\n') : own.slice(own.indexOf('=') + 1),
      wholeFile,
    };
  });
}
