import { threadEvaluator } from '@fairlead/adapters/evaluator';
import { sigstoreAttestor } from '@fairlead/adapters/signatures';
import { wasmRenderer } from '@fairlead/adapters/renderer';
import { checkRange, checkTree, type Checked, type Registry } from '@fairlead/engine';
import { howToComplete, type Past } from '../../check/past-meant.ts';
import type { Terminal } from '../../terminal.ts';
import { UsageError } from '../../usage-error.ts';
import type { LocalWorld } from '../wire.ts';
import { sourceHistory } from './source-history.ts';

/** Judges commits; the files as they are have no part in it. */
export async function checkPast(
  { checkout, path }: Pick<LocalWorld, 'checkout' | 'path'>,
  past: Past,
  { terminal, ...online }: { readonly terminal: Terminal; readonly registry?: Registry },
): Promise<Checked> {
  if (checkout === 'absent') throw new Error('there is no past without a checkout');
  await using renderer = wasmRenderer();
  await using evaluator = threadEvaluator();
  await using attestor = sigstoreAttestor();
  if (past.kind === 'commit') {
    const configuration = { source: 'commit', commit: past.commit } as const;
    const files = await checkout.snapshot(past.commit);
    return await checkTree({ renderer, evaluator, attestor, ...sourceHistory(checkout), ...online }, { files, path, configuration });
  }
  const { base, tip, words } = past;
  const [before, after] = [await checkout.snapshot(base), await checkout.snapshot(tip)];
  const found = await checkRange(
    { renderer, evaluator, attestor, history: checkout.history, ...sourceHistory(checkout), ...online },
    { range: { base, tip }, base: before, tip: after, path },
  );
  if (found.kind === 'shallow')
    throw new UsageError(`--range: this clone is cut off at commit ${found.at.slice(0, 12)}, within ${words}`, howToComplete);
  terminal.stderr.write(`${told(found.commits, words)}, by the rules of ${base.slice(0, 12)}\n`);
  return found.checked;
}

function told(commits: number, words: string): string {
  if (commits === 0) return `there is no commit in ${words}; its end was checked`;
  return `${commits === 1 ? 'the commit' : `${String(commits)} commits`} of ${words} ${commits === 1 ? 'was' : 'were'} checked`;
}
