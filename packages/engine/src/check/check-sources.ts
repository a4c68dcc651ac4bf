import {
  documentFinding,
  folderOf,
  generatorLiterals,
  generatorSources,
  isKustomization,
  jsonPointer,
  pathFrom,
  secretLiterals,
  sourceLiterals,
  type GeneratorSource,
  type ManifestLeaf,
  type ObjectRef,
  type Position,
} from '@fairlead/domain';
import type { Checking, RenderedEnvironment } from './checking.ts';

/** A value in clear that a file holds, as far as it has to be known later: never the value. */
export interface ClearValue {
  readonly file: string;
  readonly secret: string;
  readonly key: string;
}

/** Judges the files that environments are made of: whether they can be read, and whether a Secret stands in clear in them. */
export async function checkSources(checking: Checking, environments: readonly RenderedEnvironment[]): Promise<readonly ClearValue[]> {
  const readers = await readersOf(checking, environments);
  const clear: ClearValue[] = [];
  for (const [file, names] of [...readers].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const [only, ...others] = names;
    const source: Source = { file, ...(others.length > 0 || only === undefined ? {} : { environment: only }) };
    clear.push(...(await checkFile(checking, source)));
  }
  return clear;
}

interface Source {
  readonly file: string;
  /** Where one alone reads it. */
  readonly environment?: string;
}

/** Every file of manifests, and who reads it. Those that lie in an environment's folder belong to it, read or not. */
async function readersOf(
  { files }: Checking,
  environments: readonly RenderedEnvironment[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const readers = new Map<string, string[]>();
  for (const { name, path, inputs } of environments) {
    const folder = path === '' ? 'absent' : await files.files(path);
    const own = folder === 'absent' ? [] : folder.map((file) => String(file.path));
    const charts = own.filter((file) => file.endsWith('/Chart.yaml')).map((file) => `${folderOf(file)}/templates/`);
    const templates = (file: string): boolean => charts.some((chart) => file.startsWith(chart));
    for (const file of new Set([...inputs, ...own.filter((candidate) => !templates(candidate))])) {
      if (isManifest(file)) readers.set(file, [...(readers.get(file) ?? []), name]);
    }
  }
  return readers;
}

function isManifest(file: string): boolean {
  return /\.(ya?ml|json)$/i.test(file) || isKustomization(file);
}

async function checkFile(checking: Checking, source: Source): Promise<readonly ClearValue[]> {
  const { texts, notes } = checking;
  const { file } = source;
  const manifest = await texts.manifest(file);
  if (manifest === undefined) {
    if ((await texts.text(file)).kind === 'too-large') notes.leaveOpen(['S01'], 'too large to be searched', file);
    return [];
  }
  if (manifest.kind === 'unparsable') {
    notes.findings.push(documentFinding(manifest.problem));
    return [];
  }
  const found = manifest.documents.flatMap(({ leaves }) =>
    secretLiterals(leaves).map((literal) => ({ ...literal, place: placeOf(literal.leaf) })),
  );
  const generated = isKustomization(file) ? await generatedIn(checking, file) : [];
  for (const { name, namespace, key, place } of [...found, ...generated]) {
    const object = secretRef(name, namespace);
    notes.add({ rule: 'S01', ...source, ...place, object, message: inClear(object, key), fix: secretFix });
  }
  return [...found, ...generated].map(({ name, key }) => ({ file, secret: name, key }));
}

interface Generated {
  readonly name: string;
  readonly namespace?: string;
  readonly key: string;
  readonly place: Position & { readonly file?: string; readonly pointer: string };
}

async function generatedIn(checking: Checking, file: string): Promise<readonly Generated[]> {
  const leaves = await checking.texts.leaves(file);
  const literals = generatorLiterals(leaves).map(({ name, key, leaf }) => ({ name, key, place: placeOf(leaf) }));
  const sources = await Promise.all(generatorSources(leaves).map((source) => literalsIn(checking, file, source)));
  return [...literals, ...sources.flat()];
}

async function literalsIn({ texts }: Checking, file: string, source: GeneratorSource<ManifestLeaf>): Promise<readonly Generated[]> {
  const path = pathFrom(folderOf(file), source.path);
  const text = path === undefined ? undefined : await texts.text(path);
  if (path === undefined || text === undefined || text.kind === 'absent') return [];
  const found = text.kind === 'text' ? sourceLiterals(source, text.text) : [{ key: source.key, line: 1 }];
  return found.map(({ key, line }) => ({ name: source.name, key, place: { file: path, line, column: 1, pointer: '' } }));
}

function placeOf({ key, path }: ManifestLeaf): Position & { readonly pointer: string } {
  return { ...key, pointer: jsonPointer(path) };
}

export function secretRef(name: string, namespace: string | undefined): ObjectRef {
  return { group: '', version: 'v1', kind: 'Secret', ...(namespace === undefined ? {} : { namespace }), name };
}

export function inClear({ namespace, name }: ObjectRef, key: string): string {
  return `Secret ${namespace === undefined ? '' : `${namespace}/`}${name} holds ${key} in clear`;
}

export const secretFix = 'reference it by an ExternalSecret or encrypt it with SOPS, and change the value: Git keeps it for ever';
