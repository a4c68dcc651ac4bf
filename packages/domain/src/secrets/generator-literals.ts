import type { Leaf } from '../desired-state/manifest-leaf.ts';
import { isSopsFile, isSopsValue } from './ciphertext.ts';
import { secretValueKind } from './secret-value.ts';
import type { SecretLiteral } from './secret-literals.ts';

/** A file that a kustomization makes a Secret of. `env`: lines `NAME=value`; `file`: the file is the value. */
export interface GeneratorSource<L extends Leaf> {
  readonly leaf: L;
  readonly kind: 'env' | 'file';
  readonly name: string;
  readonly key: string;
  /** As the kustomization names it. */
  readonly path: string;
}

/** The values in clear that a kustomization's `secretGenerator` has itself. */
export function generatorLiterals<L extends Leaf>(leaves: readonly L[]): readonly SecretLiteral<L>[] {
  return leaves.flatMap((leaf) => {
    const [list, index, field, place] = leaf.path;
    if (list !== 'secretGenerator' || field !== 'literals' || place === undefined) return [];
    const [key, value] = pair(String(leaf.value ?? ''));
    return isClear(key, value) ? [{ leaf, name: nameOf(leaves, index), key }] : [];
  });
}

/** The files that a kustomization's `secretGenerator` reads. */
export function generatorSources<L extends Leaf>(leaves: readonly L[]): readonly GeneratorSource<L>[] {
  return leaves.flatMap((leaf): readonly GeneratorSource<L>[] => {
    const [list, index, field] = leaf.path;
    if (list !== 'secretGenerator' || typeof leaf.value !== 'string') return [];
    const name = nameOf(leaves, index);
    if (field === 'env' || field === 'envs') return [{ leaf, kind: 'env', name, key: '', path: leaf.value }];
    if (field !== 'files') return [];
    const [key, path] = leaf.value.includes('=') ? pair(leaf.value) : [baseName(leaf.value), leaf.value];
    return [{ leaf, kind: 'file', name, key, path }];
  });
}

/** A value in clear in a file that a Secret is made of. */
export interface SourceLiteral {
  readonly key: string;
  readonly line: number;
}

export function sourceLiterals({ kind, key }: Pick<GeneratorSource<Leaf>, 'kind' | 'key'>, text: string): readonly SourceLiteral[] {
  if (isSopsFile(text)) return clearLinesOfSopsFile(kind, text);
  if (kind === 'file') return isClear(key, text) ? [{ key, line: 1 }] : [];
  return text.split('\n').flatMap((line, index) => {
    const trimmed = line.trim();
    const [name, value] = pair(trimmed);
    return trimmed.startsWith('#') || !isClear(name, value) ? [] : [{ key: name, line: index + 1 }];
  });
}

/** SOPS leaves nothing of a dotenv file in clear but its own lines and what a rule excluded. */
function clearLinesOfSopsFile(kind: GeneratorSource<Leaf>['kind'], text: string): readonly SourceLiteral[] {
  if (kind === 'file') return [];
  return text.split('\n').flatMap((line, index) => {
    const [name, value] = pair(line.trim());
    const own = name.startsWith('sops_') || line.startsWith('#');
    return own || value === '' || isSopsValue(value) ? [] : [{ key: name, line: index + 1 }];
  });
}

function isClear(key: string, value: string): boolean {
  return secretValueKind({ text: unquoted(value), encoding: 'text', key, sealed: false, vaultPath: false }) === 'literal';
}

function pair(text: string): readonly [name: string, value: string] {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at).trim(), text.slice(at + 1)];
}

function unquoted(value: string): string {
  return /^(["'])([^]*)\1$/.exec(value.trim())?.[2] ?? value;
}

function nameOf(leaves: readonly Leaf[], index: string | number | undefined): string {
  const named = leaves.find(({ path }) => path[0] === 'secretGenerator' && path[1] === index && path[2] === 'name');
  return String(named?.value ?? '');
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
