import {
  checkReleaseRef,
  documentFinding,
  documentText,
  isReleaseFile,
  readReleaseManifest,
  readReleaseManifestRef,
  RepoPath,
  type Digest,
  type ReferenceToCheck,
  type ReleaseManifest,
  type Rule,
} from '@fairlead/domain';
import type { LoadedService } from '../service/service-configuration.ts';
import { checkSource } from './check-release-source.ts';
import type { Checking } from './checking.ts';
import { keptElsewhere } from './kept-elsewhere.ts';
import type { FoundEnvironment } from './find-environments.ts';

/** The release that each environment refers to, by the environment's name, where it is known. */
export type ReferredReleases = ReadonlyMap<string, ReleaseManifest>;

const releaseRules: readonly Rule[] = [
  'image-not-in-release',
  'release-ref-invalid',
  'release-unknown',
  'release-digest-mismatch',
  'release-source',
];

const noReference = 'no release reference';

/** Judges the manifests of each service root and the references of its environments. */
export async function checkReferences(
  checking: Checking,
  services: readonly LoadedService[],
  environments: readonly FoundEnvironment[],
): Promise<ReferredReleases> {
  const kept = new Map<string, KeptReleases>();
  for (const { root } of services) kept.set(root, await checkManifests(checking, root));
  const referred = new Map<string, ReleaseManifest>();
  for (const environment of environments) {
    const releases = environment.declared === undefined ? undefined : kept.get(environment.declared.root);
    if (releases === undefined) checking.notes.leaveOpen(releaseRules, noReference, environment.name);
    const manifest = releases === undefined ? undefined : await checkReference(checking, environment, releases);
    if (manifest !== undefined) referred.set(environment.name, manifest);
  }
  return referred;
}

type KeptManifest = { readonly kind: 'found'; readonly value: ReleaseManifest; readonly digest: Digest } | { readonly kind: 'invalid' };
/** By the path of the file. */
type KeptReleases = ReadonlyMap<string, KeptManifest>;

async function checkManifests({ files, notes }: Checking, root: string): Promise<KeptReleases> {
  const listed = await files.files(below(root, 'releases'));
  const kept = new Map<string, KeptManifest>();
  for (const { path } of listed === 'absent' ? [] : listed.filter((file) => isReleaseFile(file.path))) {
    const read = await readFile({ files }, path, readReleaseManifest);
    if (read === 'absent') continue;
    if (read.kind === 'invalid') {
      notes.findings.push(...read.problems.map((problem) => documentFinding(problem)));
      kept.set(path, { kind: 'invalid' });
      continue;
    }
    kept.set(path, { kind: 'found', value: read.value, digest: read.digest });
    const named = /\/sha256-([0-9a-f]{64})\.[a-z]+$/.exec(path)?.[1];
    if (named === undefined || read.digest === `sha256:${named}`) continue;
    const message = `the file is named for sha256:${named}, but holds release ${read.digest}`;
    const fix = 'restore the manifest: releases never change';
    notes.add({ rule: 'release-digest-mismatch', message, fix, file: path, line: 1, column: 1, pointer: '' });
  }
  return kept;
}

async function checkReference(checking: Checking, environment: FoundEnvironment, kept: KeptReleases): Promise<ReleaseManifest | undefined> {
  const { notes } = checking;
  const { declared, name, path } = environment;
  if (declared === undefined) return undefined;
  const file = RepoPath.parse(below(path, 'release-manifest.ref'));
  const read = await readFile(checking, file, readReleaseManifestRef);
  if (read === 'absent') {
    notes.leaveOpen(releaseRules, noReference, name);
    return undefined;
  }
  if (read.kind === 'invalid') {
    notes.findings.push(...read.problems.map((problem) => documentFinding(problem, 'release-ref-invalid')));
    notes.leaveOpen(['image-not-in-release'], 'the release reference is invalid', name);
    return undefined;
  }
  const manifest = await manifestAt(checking, below(declared.root, read.value.manifest), { uri: read.value.manifest, kept });
  const known = [...kept.values()].flatMap((release) =>
    release.kind === 'found' ? [`${release.value.metadata.version} (${release.digest})`] : [],
  );
  const reference: ReferenceToCheck = {
    service: declared.service.metadata.name,
    ref: read.value,
    file,
    lines: read.lines,
    manifest,
    known,
  };
  for (const fault of checkReleaseRef(reference)) notes.add({ ...fault, environment: name });
  if (manifest.kind === 'found' && manifest.digest === read.value.release) {
    await checkSource(checking, environment, { manifest: manifest.value, file, lines: read.lines });
    return manifest.value;
  }
  const because = manifest.kind === 'elsewhere' ? 'a registry keeps the manifest' : 'the release is not known';
  notes.leaveOpen(manifest.kind === 'elsewhere' ? ['image-not-in-release', 'release-unknown'] : ['image-not-in-release'], because, name);
  return undefined;
}

async function manifestAt(
  { registry }: Checking,
  path: string,
  { uri, kept }: { readonly uri: string; readonly kept: KeptReleases },
): Promise<ReferenceToCheck['manifest']> {
  if (!uri.startsWith('oci://')) return kept.get(path) ?? { kind: 'absent' };
  return registry === undefined ? { kind: 'elsewhere' } : keptElsewhere(registry, uri);
}

async function readFile<T>(
  { files }: Pick<Checking, 'files'>,
  path: string,
  read: (text: string, file: string) => T,
): Promise<T | 'absent' | NotText> {
  const answer = await files.look(path);
  if (answer.kind !== 'file') return 'absent';
  const text = documentText(answer.bytes, path);
  return text.kind === 'text' ? read(text.text, path) : text;
}

type NotText = Extract<ReturnType<typeof documentText>, { readonly kind: 'invalid' }>;

function below(folder: string, path: string): string {
  return folder === '' ? path : `${folder}/${path}`;
}
