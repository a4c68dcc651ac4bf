import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { NotFoundError, readReleaseManifest } from '@fairlead/domain';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { documentError } from './document-error.ts';
import { readTextFile } from './read-text-file.ts';
import type { NamedManifest } from './wire/resolve-contract.ts';
import type { DeclaredEnvironment, LocalWorld } from './wire.ts';

/** What `--release` means: a file, else the version or digest of a manifest under `releases/`. Without it what the environment has. */
export async function releaseMeant(
  terminal: Terminal,
  {
    world,
    environment,
    named,
  }: { readonly world: LocalWorld; readonly environment: DeclaredEnvironment; readonly named: string | undefined },
): Promise<NamedManifest> {
  if (named !== undefined && (named === '-' || (await isFile(resolve(terminal.cwd, named))))) return ofFile(terminal, named);
  const { current, meant, known } = await world.releases(environment, named);
  const wanted = named ?? current;
  if (wanted === undefined) throw new UsageError(`environment ${environment.name} refers to no release yet`, 'name one: --release FILE');
  const [first, second] = meant;
  if (first !== undefined && second === undefined) return first;
  if (first !== undefined)
    throw new UsageError(`${wanted} can mean ${meant.map(({ digest }) => digest).join(', ')}`, 'give the whole digest');
  const hint =
    known.length === 0
      ? 'give the file of its manifest: --release FILE'
      : `give a file, or one of those under releases/: ${known.join(', ')}`;
  throw new NotFoundError('release-unknown', `there is no file and no release ${wanted} here`, { hint });
}

async function isFile(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ?? false;
}

async function ofFile(terminal: Terminal, file: string): Promise<NamedManifest> {
  const read = readReleaseManifest(await readTextFile(terminal, file), file);
  if (read.kind === 'invalid') throw documentError(file, read.problems);
  return { manifest: read.value, digest: read.digest };
}
