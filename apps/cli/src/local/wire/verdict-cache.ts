import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CheckReport, Digest, type Rule } from '@fairlead/domain';
import type { Checked, PathTree } from '@fairlead/engine';
import { z } from 'zod';
import { recordedTree, stillReads } from './recorded-tree.ts';

const KeptVerdict = z.object({
  program: z.string(),
  reads: z.array(z.object({ of: z.enum(['look', 'files']), path: z.string(), answer: z.string() })),
  report: CheckReport,
  excerpts: z.array(z.tuple([Digest, z.string()])),
});
type KeptVerdict = z.infer<typeof KeptVerdict>;

export interface VerdictPlace {
  /** Where verdicts are kept; `undefined`: nowhere. */
  readonly folder: string | undefined;
  /** One verdict is kept for each. */
  readonly subject: string;
  /** What besides the files may decide, such as the commit that is checked out. */
  readonly state: string;
  readonly files: PathTree;
  /** What judges; `undefined` where nothing names it. */
  readonly identify: () => Promise<string | undefined>;
}

/** The verdict of before, where the same program would read the same; else a new one, which is kept. A verdict that depends on the day, or on what could be fetched, isn't kept. */
export async function cachedVerdict(place: VerdictPlace, judge: (files: PathTree) => Promise<Checked>): Promise<Checked> {
  const { folder, subject, state, files, identify } = place;
  const identity = folder === undefined ? undefined : await identify();
  if (folder === undefined || identity === undefined) return judge(files);
  const program = `${identity} ${state}`;
  const file = join(folder, `${createHash('sha256').update(subject).digest('hex')}.json`);
  const known = await readVerdict(file);
  if (known?.program === program && (await stillReads(files, known.reads)))
    return { report: known.report, excerpts: new Map(known.excerpts) };

  const recorded = recordedTree(files);
  const checked = await judge(recorded.tree);
  if (isLasting(checked.report))
    await keepVerdict(
      { folder, file },
      { program, reads: [...(await recorded.reads())], report: checked.report, excerpts: [...checked.excerpts] },
    );
  return checked;
}

/** What may be judged otherwise tomorrow though no file changed: by the hour, by how busy the machine is, by what a network or a fetch brings. */
const passing: readonly Rule[] = ['render-failed', 'remote-base', 'release-source', 'contract-constraint'];

function isLasting({ findings }: CheckReport): boolean {
  return findings.every(({ rule, excepted }) => excepted === undefined && !passing.includes(rule));
}

async function readVerdict(file: string): Promise<KeptVerdict | undefined> {
  try {
    return KeptVerdict.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/** A cache that can't be written is none; a check is no worse for it. */
async function keepVerdict({ folder, file }: { readonly folder: string; readonly file: string }, verdict: KeptVerdict): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const written = `${file}.${String(process.pid)}`;
    await writeFile(written, JSON.stringify(verdict), { mode: 0o600 });
    await rename(written, file);
  } catch {
    return;
  }
}
