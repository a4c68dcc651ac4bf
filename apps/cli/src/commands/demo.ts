import { z } from 'zod';
import type { Run } from '../command.ts';
import { parseOptions } from '../options.ts';
import { requireGit } from '../demo/require-git.ts';
import { stageOn } from '../demo/stage.ts';

const Options = z.object({ once: z.boolean().default(false), keep: z.boolean().default(false) });

export const run: Run = async ({ terminal, options, program }) => {
  const { once, keep } = parseOptions(Options, options);
  const stage = stageOn(terminal);
  stage.plain(`${stage.colours.bold('Fairlead demo')}: one release from manifest to a ready environment, on a sandbox in this process\n`);
  await requireGit();
  // Loaded after the first line is out: together they take a second.
  const { playDemo } = await import('../demo/play-demo.ts');
  return playDemo(stage, { once, keep, program });
};
