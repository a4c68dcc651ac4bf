import { documentFinding, isKustomization, type RepoPath } from '@fairlead/domain';
import type { Checking, RenderedEnvironment } from './checking.ts';
import { CopiedCiphertext } from './secrets/copied-ciphertext.ts';
import { generatorSecrets } from './secrets/generator-secrets.ts';
import { KnownValues } from './secrets/known-values.ts';
import { secretFault, secretsInBytes, type ScanContext } from './secrets/scan-file.ts';

/** In bytes. Above the first no structure is read, above the second nothing. */
const largestStructure = 4 * 1024 * 1024;
const largestText = 32 * 1024 * 1024;

/** Where a team keeps the key of its fingerprints: whoever may read it may read the secrets too. */
const keyFile = '.fairlead/fingerprint.key';

/** Judges every file at or below `path`, and what environments read from elsewhere: whether it can be read, and whether a secret stands in it. */
export async function checkSources(
  checking: Checking,
  environments: readonly RenderedEnvironment[],
  path: RepoPath | '',
): Promise<KnownValues> {
  const readers = await readersOf(checking, environments);
  const key = await checking.texts.text(keyFile);
  const scan: Scan = {
    checking,
    known: new KnownValues(),
    copied: new CopiedCiphertext(),
    generated: await generatorSecrets(checking, [...readers.keys()]),
    key: key.kind === 'text' && key.text.trim() !== '' ? key.text.trim() : undefined,
  };
  const listed = await checking.files.files(path);
  const own = listed === 'absent' ? [] : listed.map((file) => String(file.path));
  for (const file of [...new Set([...own, ...readers.keys()])].toSorted()) {
    await unparsable(checking, file, readers);
    await scanOne(scan, { file, readers: readers.get(file) ?? [] });
  }
  for (const fault of scan.copied.faults()) checking.notes.add(fault);
  return scan.known;
}

interface Scan {
  readonly checking: Checking;
  readonly known: KnownValues;
  readonly copied: CopiedCiphertext;
  readonly generated: Awaited<ReturnType<typeof generatorSecrets>>;
  readonly key: string | undefined;
}

interface Source {
  readonly file: string;
  readonly readers: readonly string[];
}

async function scanOne({ checking, known, copied, generated, key }: Scan, { file, readers }: Source): Promise<void> {
  const answer = await checking.files.look(file);
  if (answer.kind !== 'file') return;
  if (answer.bytes.length > largestStructure) checking.notes.leaveOpen(['S01'], 'too large to be parsed', file);
  if (answer.bytes.length > largestText) return;
  const [only, ...others] = readers;
  const context: ScanContext = {
    ...(only === undefined || others.length > 0 ? {} : { environment: only }),
    ...(key === undefined ? {} : { fingerprintKey: key }),
  };
  const made = generated.get(file) ?? [];
  const lines = new Set(made.map(({ line }) => line));
  const found = secretsInBytes(file, answer.bytes).filter(({ line }) => !lines.has(line));
  const whole = made.filter(({ wholeFile }) => !wholeFile || found.length === 0);
  for (const secret of [...whole, ...found]) {
    known.add(file, secret.value);
    checking.notes.add(secretFault(file, secret, context));
  }
  if (context.environment !== undefined) copied.look({ file, environment: context.environment, bytes: answer.bytes });
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
    for (const file of new Set([...inputs, ...own])) readers.set(file, [...(readers.get(file) ?? []), name]);
  }
  return readers;
}

/** A file of manifests that environments are made of has to be one. Templates of charts are none until they are rendered. */
async function unparsable({ texts, notes }: Checking, file: string, readers: ReadonlyMap<string, readonly string[]>): Promise<void> {
  if (!readers.has(file) || !isManifest(file) || isTemplate(file, readers)) return;
  const manifest = await texts.manifest(file);
  if (manifest?.kind === 'unparsable') notes.findings.push(documentFinding(manifest.problem));
}

function isTemplate(file: string, readers: ReadonlyMap<string, unknown>): boolean {
  const at = file.lastIndexOf('/templates/');
  return at >= 0 && readers.has(`${file.slice(0, at)}/Chart.yaml`);
}

function isManifest(file: string): boolean {
  return /\.(ya?ml|json)$/i.test(file) || isKustomization(file);
}
