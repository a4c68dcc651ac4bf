import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { planDigest, planSummary, promotionTitle, type Blocker } from '@fairlead/domain';
import { z } from 'zod';
import type { Invocation } from '../command.ts';
import { exitCode, type ExitCode } from '../exit-code.ts';
import { readManifest } from '../local/read-manifest.ts';
import { openOffline, type OfflinePromotion, type OfflineWish, type OfflineWorld } from '../local/wire/offline-promotion.ts';
import { parseOptions } from '../options.ts';
import { blockersText } from '../output/blockers-text.ts';
import { changeLink } from '../output/change-link.ts';
import { printDocument } from '../output/print.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

const Options = z.object({
  release: z.string({ error: 'give the file of a manifest' }),
  to: z.string({ error: 'give an environment' }),
  write: z.boolean().default(false),
  patch: z.string().min(1).optional(),
  push: z.boolean().default(false),
  dryRun: z.boolean().default(false),
});
type Options = z.infer<typeof Options>;

/** The same plan as a server's, from the checkout alone: no server, no login, and no cluster is touched. */
export async function promoteOffline({ terminal, args: [service = ''], options: given, format }: Invocation): Promise<ExitCode> {
  const options = parseOptions(Options, given);
  const acts = [options.write, options.patch !== undefined, options.push].filter(Boolean).length;
  if (acts > 1)
    throw new UsageError('--write, --patch and --push are different ends of one change', 'give one of them, or none to see the plan');

  await using world = await openOffline(terminal);
  const planned = await world.plan(await wishOf(terminal, service, options));
  switch (planned.kind) {
    case 'nothing-to-do':
      terminal.stderr.write(`${planned.message}\n`);
      return exitCode.done;
    case 'blocked':
      return refuse(terminal, format === 'json', planned.blockers);
    case 'planned': {
      const { promotion } = planned;
      const said = options.dryRun ? dryRun(options) : await carryOut({ terminal, world, promotion }, options);
      const { plan, id, branch } = promotion;
      printDocument(terminal, format, { document: { ...plan, digest: planDigest(plan), id, branch }, text: planSummary(plan) });
      terminal.stderr.write(`${said.join('\n')}\n`);
      return exitCode.done;
    }
  }
}

async function wishOf(terminal: Terminal, service: string, { release: file, to, patch, push }: Options): Promise<OfflineWish> {
  const release = await readManifest(terminal, file);
  const environment = to.startsWith(`${service}/`) ? to.slice(service.length + 1) : to;
  return { service, environment, release, from: push || patch !== undefined ? 'head' : 'work-tree' };
}

function refuse(terminal: Terminal, json: boolean, blockers: readonly Blocker[]): ExitCode {
  const message = 'the promotion is refused';
  terminal.stderr.write(
    json
      ? `${JSON.stringify({ code: 'promotion-blocked', message, blockers })}\n`
      : `error: ${message} (promotion-blocked)\n${blockersText(blockers)}\n`,
  );
  return exitCode.refused;
}

function dryRun({ write, patch, push }: Options): readonly string[] {
  return [write || push || patch !== undefined ? 'this was a dry run: nothing was changed' : 'nothing was changed'];
}

interface Act {
  readonly terminal: Terminal;
  readonly world: OfflineWorld;
  readonly promotion: OfflinePromotion;
}

const leftToServer =
  'not looked at, for only a server knows: what controllers say, whether the environments before have it, approvals and windows';

/** Does it, and says what was done and what comes next. */
async function carryOut(act: Act, { write, patch, push }: Options): Promise<readonly string[]> {
  if (write) return writeHere(act);
  if (patch !== undefined) return writePatch(act, patch);
  if (push) return pushBranch(act);
  return [leftToServer, 'nothing was changed: --write changes the files here, --patch FILE writes a patch, --push makes a branch of it'];
}

async function writeHere({ world, promotion }: Act): Promise<readonly string[]> {
  await world.write(promotion);
  const paths = [...promotion.files.keys()];
  return [
    leftToServer,
    `changed ${paths.length === 1 ? '1 file' : `${String(paths.length)} files`} in ${world.root}:`,
    ...paths.map((path) => `  ${path}`),
    'next',
    '  git diff',
    `  git switch -c ${promotion.branch}`,
    `  git add ${commonFolders(paths).join(' ')}`,
    `  git commit -m ${JSON.stringify(promotionTitle(promotion.plan))}`,
    `  git push -u origin HEAD, then open a change into ${world.target} with the text above`,
  ];
}

/** Few words for many files: the folders that hold them. */
function commonFolders(paths: readonly string[]): readonly string[] {
  return [...new Set(paths.map((path) => path.slice(0, path.lastIndexOf('/'))))].filter(
    (folder, _, all) => !all.some((other) => folder !== other && folder.startsWith(`${other}/`)),
  );
}

async function writePatch({ terminal, world, promotion }: Act, file: string): Promise<readonly string[]> {
  const text = await world.patch(promotion);
  await writeFile(resolve(terminal.cwd, file), text).catch((error: unknown) => {
    throw new UsageError(`--patch: can't write ${file}: ${error instanceof Error ? error.message : 'unknown fault'}`);
  });
  return [leftToServer, `wrote ${file}: git am ${file} makes the commit, git apply ${file} only changes the files`];
}

async function pushBranch({ world, promotion }: Act): Promise<readonly string[]> {
  const { branch, plan } = promotion;
  const { commit, kind } = await world.push(promotion);
  const link = world.origin === undefined ? undefined : changeLink(world.origin, { branch, target: world.target });
  return [
    leftToServer,
    kind === 'pushed'
      ? `pushed ${branch} at ${commit.slice(0, 12)}`
      : `${branch} is there already at ${commit.slice(0, 12)}: nothing was pushed`,
    `next: open a change into ${world.target}${link === undefined ? '' : `: ${link}`}`,
    `  title: ${promotionTitle(plan)}`,
    '  body:  the text above',
  ];
}
