import type { CommitSha } from '@fairlead/domain';
import { z } from 'zod';
import type { Checkout } from '../local/wire.ts';
import { parseOptions } from '../options.ts';
import { UsageError } from '../usage-error.ts';

const PastOptions = z.object({ range: z.string().min(1).optional(), commit: z.string().min(1).optional() });

/** What of a repository's past is judged, in place of the files as they are. */
export type Past =
  | { readonly kind: 'commit'; readonly commit: CommitSha }
  | { readonly kind: 'range'; readonly base: CommitSha; readonly tip: CommitSha; readonly words: string };

/** What `--range A..B` or `--commit SHA` means here; nothing where neither is given. */
export async function pastMeant(checkout: Checkout | 'absent', options: Readonly<Record<string, unknown>>): Promise<Past | undefined> {
  const { range, commit } = parseOptions(PastOptions, options);
  if (range === undefined && commit === undefined) return undefined;
  if (range !== undefined && commit !== undefined) throw new UsageError('--range and --commit exclude each other', 'give one of them');
  if (checkout === 'absent')
    throw new UsageError('this folder is under no Git repository, so there are no commits', 'run it in a checkout');
  if (range !== undefined) return rangeMeant(checkout, range);
  return { kind: 'commit', commit: await named(checkout, { flag: '--commit', revision: commit ?? 'HEAD' }) };
}

const howToWrite = 'write it as git does: --range main..HEAD, or --range main...HEAD for what the branch has since it left main';

async function rangeMeant(checkout: Checkout, words: string): Promise<Past> {
  const [from = '', to = '', ...rest] = words.split(/\.{2,3}/);
  if (from === '' || rest.length > 0 || !words.includes('..'))
    throw new UsageError(`--range: ${JSON.stringify(words)} is no range`, howToWrite);
  const start = await named(checkout, { flag: '--range', revision: from });
  const tip = await named(checkout, { flag: '--range', revision: to === '' ? 'HEAD' : to });
  if (!words.includes('...')) return { kind: 'range', base: start, tip, words };
  const base = await checkout.mergeBase(start, tip);
  if (base === 'absent') throw new UsageError(`--range: ${from} and ${to === '' ? 'HEAD' : to} share no commit here`, howToComplete);
  return { kind: 'range', base, tip, words };
}

export const howToComplete = 'in a clone that is cut off fetch the rest: git fetch --unshallow (actions/checkout: fetch-depth: 0)';

async function named(checkout: Checkout, { flag, revision }: { readonly flag: string; readonly revision: string }): Promise<CommitSha> {
  const commit = await checkout.resolve(revision);
  if (commit !== 'absent') return commit;
  throw new UsageError(
    `${flag}: there is no commit ${JSON.stringify(revision)} here`,
    `give a branch, a tag or a commit of this checkout; ${howToComplete}`,
  );
}
