import { join } from 'node:path';
import type { Program } from '../command.ts';
import type { ExitCode } from '../exit-code.ts';
import { castOf, type Cast } from './cast.ts';
import { checkWorld } from './check-world.ts';
import { examplesFolder, startDemoWorld } from './demo-world.ts';
import { playJourney, type Played } from './journey.ts';
import { playOnStage, type PlayOptions } from './play-on-stage.ts';
import type { Stage } from './stage.ts';

export interface DemoOptions extends PlayOptions {
  readonly program: Program;
}

/** The whole journey of the example. */
export function playDemo(stage: Stage, options: DemoOptions): Promise<ExitCode> {
  const { keep, program } = options;
  return playOnStage(stage, options, async (setting) => {
    const { directory } = setting;
    stage.line('directory', `${directory}${keep ? ', which stays' : ', removed at the end'}`);
    const started = await startDemoWorld(setting);
    const alone = { ...setting, ...started, program, proofFolder: join(directory, 'proof') };
    const cast = await castOf(alone, join(examplesFolder, 'history/releases'));
    const played = await playJourney(cast);
    await checkWorld(cast, played);
    return () => tellWhatToTry(cast, played);
  });
}

async function tellWhatToTry({ stage, server, proofFolder }: Cast, { waiting }: Played): Promise<void> {
  const { colours } = stage;
  const approve = (user: string): string =>
    `FAIRLEAD_TOKEN=$(npx fairlead token create --user ${user} --role approver -e prod) npx fairlead approval approve ${waiting.id} --yes`;
  stage.plain(`\n${colours.bold('The status page')}, signed in once by this link\n\n  ${colours.cyan(await server.signInLink())}\n`);
  stage.plain(`${colours.bold('Four things to try')}, in another terminal\n`);
  stage.plain(
    `  1  See what runs where:      npx fairlead login --link '${await server.signInLink()}'\n                               npx fairlead status`,
  );
  stage.plain(`  2  Why does prod wait:       npx fairlead explain promotion/${waiting.id}`);
  stage.plain(`  3  Approve it as two people: ${approve('ada')}\n                               ${approve('grace')}`);
  stage.plain(`  4  Judge the proof yourself: cd ${proofFolder} && node fairlead-verify.js proof.tar --trust trust.json`);
}
