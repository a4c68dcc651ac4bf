import { z } from 'zod';
import type { Run } from '../command.ts';
import { parseOptions } from '../options.ts';
import { requireGit } from '../demo/require-git.ts';
import { stageOn } from '../demo/stage.ts';

const path = z.string().min(1, 'is empty').optional();
const Options = z.object({ once: z.boolean().default(false), keep: z.boolean().default(false), repo: path, env: path });

export const run: Run = async ({ terminal, options, program }) => {
  const { once, keep, repo, env } = parseOptions(Options, options);
  const stage = stageOn(terminal);
  const own = repo !== undefined || env !== undefined;
  const journey = own
    ? 'your overlay as it is committed, promoted, drifted and proven'
    : 'one release from manifest to a ready environment';
  stage.plain(`${stage.colours.bold('Fairlead demo')}: ${journey}, on a sandbox in this process\n`);
  await requireGit();
  // Loaded after the first line is out: together they take a second.
  if (own) {
    const { playOwnRepo } = await import('../demo/own-repo/play-own-repo.ts');
    return playOwnRepo(stage, { once, keep, program, terminal, repo: repo ?? '.', ...(env === undefined ? {} : { env }) });
  }
  const { playDemo } = await import('../demo/play-demo.ts');
  return playDemo(stage, { once, keep, program });
};
