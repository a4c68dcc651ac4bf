import {
  applySplices,
  baseFolder,
  decodeUtf8,
  encodeUtf8,
  folderOf,
  isKustomization,
  relativePath,
  remoteEntries,
  type PinnedBase,
  type RemoteEntry,
  type RepoPath,
} from '@fairlead/domain';
import { findEnvironments, type FoundEnvironment } from '../check/find-environments.ts';
import { remoteBaseView, type RemoteBaseView } from '../desired-state/remote-base-view.ts';
import { withFiles } from '../desired-state/with-files.ts';
import type { EnginePorts } from '../engine-ports.ts';
import type { FileSnapshot, PathTree } from '../ports/file-snapshot.ts';
import type { RemoteBases } from '../ports/remote-bases.ts';
import { vendorNote } from './vendor-note.ts';

interface Ports extends Pick<EnginePorts, 'renderer'> {
  readonly remotes: RemoteBases;
}

/** What stands in the way, and where. */
export interface VendorProblem {
  readonly file: string;
  readonly line: number;
  readonly message: string;
  readonly fix: string;
}

export interface Vendoring {
  readonly bases: readonly PinnedBase[];
  /** By path: the kustomizations that are there, as they become. */
  readonly changed: ReadonlyMap<string, { readonly before: string; readonly after: string }>;
  /** By path: what comes. */
  readonly added: ReadonlyMap<string, Uint8Array>;
  /** Render the same before and after, which was tried. */
  readonly environments: readonly string[];
}

export type PlannedVendoring =
  | { readonly kind: 'planned'; readonly vendoring: Vendoring }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'refused'; readonly problems: readonly VendorProblem[] };

/** Where bases of other repositories lie in this one, from its root. */
export const vendorFolder = 'vendor';

/** Plans copies of the remote bases of all environments at or below the path: just the files that rendering them reads. Refuses where an environment would
 *  then render anything else. Writes nothing. */
export async function planVendoring(
  { renderer, remotes }: Ports,
  { files, path }: { readonly files: PathTree; readonly path: RepoPath | '' },
): Promise<PlannedVendoring> {
  const view = remoteBaseView(remotes, vendorFolder);
  const vendored = view.over(files);
  const rendering: Rendering = { renderer, files, vendored, view, read: new Set(), digests: new Map(), problems: [] };
  for (const environment of (await findEnvironments(files, path)).environments) await readEnvironment(rendering, environment);
  if (rendering.problems.length > 0) return { kind: 'refused', problems: distinct(rendering.problems) };
  if (view.bases.size === 0) return { kind: 'nothing' };
  const changes = await changesOf(rendering);
  const after = withFiles(
    files,
    new Map([...changes.added, ...[...changes.changed].map(([file, { after: text }]) => [file, encodeUtf8(text)] as const)]),
  );
  for (const [environment, digest] of rendering.digests) {
    const outcome = await renderer.render(environment.path, after);
    if (outcome.kind === 'failed') rendering.problems.push(changedProblem(environment, outcome.message));
    else if (outcome.digest !== digest) rendering.problems.push(changedProblem(environment, 'it would render other objects'));
  }
  if (rendering.problems.length > 0) return { kind: 'refused', problems: rendering.problems };
  const environments = [...rendering.digests.keys()].map(({ name }) => name);
  return { kind: 'planned', vendoring: { bases: [...view.bases.values()], ...changes, environments } };
}

interface Rendering extends Pick<EnginePorts, 'renderer'> {
  readonly files: FileSnapshot;
  readonly vendored: FileSnapshot;
  readonly view: RemoteBaseView;
  /** Every file that a render read. */
  readonly read: Set<string>;
  readonly digests: Map<FoundEnvironment, string>;
  readonly problems: VendorProblem[];
}

async function readEnvironment(rendering: Rendering, environment: FoundEnvironment): Promise<void> {
  const { renderer, vendored, files, read, problems, digests } = rendering;
  const outcome = await renderer.render(environment.path, vendored);
  const inputs = outcome.inputs.filter(({ kind }) => kind === 'file').map(({ path }) => path);
  const own: VendorProblem[] = [];
  for (const file of inputs.filter(isKustomization))
    own.push(...(await entriesOf(files, file)).flatMap((entry) => entryProblems(file, entry)));
  if (outcome.kind === 'rendered') digests.set(environment, outcome.digest);
  else if (own.length === 0) {
    const fix = 'repair it first: what does not render cannot be compared';
    own.push({ file: environment.path, line: 1, message: `${environment.name} does not render: ${outcome.message}`, fix });
  }
  problems.push(...own);
  for (const file of inputs) read.add(file);
}

function entryProblems(file: string, { text, line, reference, replacedBy }: RemoteEntry): readonly VendorProblem[] {
  if (reference.kind === 'unpinned') {
    const fix = 'end the address with ?ref= and the full commit SHA that is meant, then run fairlead vendor again';
    return [{ file, line, message: `${shown(text)}: ${reference.because}`, fix }];
  }
  if (replacedBy('x') !== undefined) return [];
  return [
    {
      file,
      line,
      message: `${shown(text)} has an anchor, tag or form that cannot be changed in place`,
      fix: 'write it out as one plain line',
    },
  ];
}

/** Without what could be a password. */
function shown(text: string): string {
  return text.replace(/\/\/[^/@]*@/, '//…@').slice(0, 200);
}

async function entriesOf(files: FileSnapshot, file: string): Promise<readonly RemoteEntry[]> {
  const text = await textOf(files, file);
  return text === undefined ? [] : remoteEntries(text);
}

async function textOf(files: FileSnapshot, file: string): Promise<string | undefined> {
  const answer = await files.look(file);
  return answer.kind === 'file' ? decodeUtf8(answer.bytes) : undefined;
}

async function changesOf({ files, vendored, view, read }: Rendering): Promise<Pick<Vendoring, 'changed' | 'added'>> {
  const changed = new Map<string, { readonly before: string; readonly after: string }>();
  const added = new Map<string, Uint8Array>();
  for (const file of [...read].toSorted()) {
    if (isBelow(view, file)) {
      const answer = await vendored.look(file);
      if (answer.kind === 'file') added.set(file, answer.bytes);
      continue;
    }
    const before = isKustomization(file) ? await textOf(files, file) : undefined;
    const after = before === undefined ? undefined : localText(before, file);
    if (before !== undefined && after !== undefined && before !== after) changed.set(file, { before, after });
  }
  for (const [folder, base] of view.bases) added.set(`${vendorFolder}/${folder}/VENDORED.md`, encodeUtf8(vendorNote(base)));
  return { changed, added };
}

function isBelow({ bases }: RemoteBaseView, file: string): boolean {
  return [...bases.keys()].some((folder) => file.startsWith(`${vendorFolder}/${folder}/`));
}

function localText(text: string, file: string): string {
  const splices = remoteEntries(text).flatMap(({ reference, replacedBy }) => {
    if (reference.kind !== 'pinned') return [];
    const at = [vendorFolder, baseFolder(reference.base), reference.base.path].filter((part) => part !== '').join('/');
    return replacedBy(relativePath(folderOf(file), at)) ?? [];
  });
  return applySplices(text, splices);
}

function changedProblem({ name, path }: FoundEnvironment, because: string): VendorProblem {
  return {
    file: path,
    line: 1,
    message: `${name}: ${because} with the copies`,
    fix: 'copy the base by hand, and compare with fairlead diff',
  };
}

function distinct(problems: readonly VendorProblem[]): readonly VendorProblem[] {
  return [...new Map(problems.map((problem) => [`${problem.file}:${String(problem.line)} ${problem.message}`, problem])).values()];
}
