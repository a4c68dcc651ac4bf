import { didYouMean, NotFoundError, type CommitSha } from '@fairlead/domain';
import { z } from 'zod';
import { pastMeant } from '../check/past-meant.ts';
import type { Invocation, Run } from '../command.ts';
import { exitCode, type ExitCode } from '../exit-code.ts';
import { diffBase } from '../local/diff-base.ts';
import { diffWords, oneOf } from '../local/diff-words.ts';
import { environmentToLookAt } from '../local/environment-named.ts';
import { noEnvironment } from '../local/no-environment.ts';
import { diffCommits, diffTwo } from '../local/wire/diff-places.ts';
import { openWorld, type EnvironmentDiff, type LocalWorld } from '../local/wire.ts';
import { parseOptions } from '../options.ts';
import { comparisonMarkdown, diffMarkdown } from '../output/diff-markdown.ts';
import { comparisonText, diffText } from '../output/diff-text.ts';
import { printDocument } from '../output/print.ts';
import { UsageError } from '../usage-error.ts';

const Options = z.object({
  base: z.string().min(1).optional(),
  range: z.string().min(1).optional(),
  environment: z.array(z.string()).default([]),
});

export const run: Run = async (invocation) => {
  const { terminal, args, options } = invocation;
  const { environment, ...flags } = parseOptions(Options, options);
  const words = await diffWords(terminal.cwd, args);
  const meant = { base: oneOf(words.base, flags.base, '--base'), range: oneOf(words.range, flags.range, '--range') };
  if (environment.length > 1 && (meant.base ?? meant.range) !== undefined)
    throw new UsageError('two environments are compared as they are now', 'leave out the commits, or one -e');
  if (environment.length > 2) throw new UsageError('two environments can be compared, not more', 'give -e twice');
  if (meant.base !== undefined && meant.range !== undefined) throw new UsageError('--range names both sides', 'leave out --base');

  await using world = await openWorld(terminal, words.path);
  const [one, other] = environment;
  if (one !== undefined && other !== undefined) return await betweenEnvironments(invocation, world, [one, other]);
  return await betweenCommits(invocation, world, { ...meant, one });
};

interface Meant {
  readonly base: string | undefined;
  readonly range: string | undefined;
  /** The one environment that is looked at. */
  readonly one: string | undefined;
}

/** Of every environment: from one commit to another, or to the files as they are. */
async function betweenCommits({ terminal, format }: Invocation, world: LocalWorld, meant: Meant): Promise<ExitCode> {
  const { sides, items: all } = await changes({ terminal, world }, meant);
  if (all.length === 0) throw noEnvironment(world);
  const items = meant.one === undefined ? all : only(all, meant.one);
  const document = { apiVersion: 'fairlead.dev/v1', kind: 'EnvironmentDiffList', ...sides, items };
  const text = format === 'md' ? diffMarkdown(items) : diffText(items, terminal.colour);
  printDocument(terminal, format, { document, text });
  return items.every(({ kind }) => kind === 'unchanged') ? exitCode.done : exitCode.contentSaysNo;
}

interface Changes {
  readonly sides: { readonly base?: { readonly commit: CommitSha }; readonly tip?: { readonly commit: CommitSha } };
  readonly items: readonly EnvironmentDiff[];
}

async function changes(
  { terminal, world }: Pick<Invocation, 'terminal'> & { readonly world: LocalWorld },
  { range, base: named }: Meant,
): Promise<Changes> {
  const past = await pastMeant(world.checkout, range === undefined ? {} : { range });
  if (past?.kind === 'range') {
    const { base, tip } = past;
    terminal.stderr.write(`from ${base.slice(0, 12)} to ${tip.slice(0, 12)}\n`);
    return { sides: { base: { commit: base }, tip: { commit: tip } }, items: await diffCommits(world, past) };
  }
  const base = await diffBase(world.checkout, named);
  terminal.stderr.write(`compared with ${base.name}\n`);
  return { sides: base.commit === 'nothing' ? {} : { base: { commit: base.commit } }, items: await world.diff(base.commit) };
}

function only(items: readonly EnvironmentDiff[], named: string): readonly EnvironmentDiff[] {
  const found = items.filter(({ environment, path }) => environment === named || path === named || environment.endsWith(`/${named}`));
  if (found.length > 0) return found;
  const names = items.map(({ environment }) => environment);
  const meant = didYouMean(named, [...names, ...names.map((name) => name.slice(name.lastIndexOf('/') + 1))]);
  const hint = meant === undefined ? `found: ${names.join(', ')}` : `did you mean ${meant}?`;
  throw new NotFoundError('environment-unknown', `there is no environment ${named} here`, { hint });
}

/** How the second differs from the first. */
async function betweenEnvironments(
  { terminal, format }: Invocation,
  world: LocalWorld,
  names: readonly [string, string],
): Promise<ExitCode> {
  const [one, other] = [await environmentToLookAt(world, names[0]), await environmentToLookAt(world, names[1])];
  const compared = await diffTwo(world, one, other);
  const { kind: verdict, ...result } = compared;
  const document = { apiVersion: 'fairlead.dev/v1', kind: 'EnvironmentComparison', from: one.name, to: other.name, verdict, ...result };
  const shown = { from: one.name, to: other.name, compared };
  printDocument(terminal, format, { document, text: format === 'md' ? comparisonMarkdown(shown) : comparisonText(shown, terminal.colour) });
  return compared.kind === 'compared' && compared.changes.length === 0 ? exitCode.done : exitCode.contentSaysNo;
}
