import { join } from 'node:path';
import { setImmediate as soon } from 'node:timers/promises';
import type { Program } from '../command.ts';
import { exitCode, type ExitCode } from '../exit-code.ts';
import { stopSignal } from '../stop-signal.ts';
import { castOf, type Cast } from './cast.ts';
import { checkWorld } from './check-world.ts';
import { demoDirectory } from './demo-directory.ts';
import { examplesFolder, startDemoWorld } from './demo-world.ts';
import { Expectations } from './expectations.ts';
import { playJourney, type Played } from './journey.ts';
import type { Stage } from './stage.ts';

export interface DemoOptions {
  readonly once: boolean;
  readonly keep: boolean;
  readonly program: Program;
}

class Stopped extends Error {}

/** The whole journey, then, unless it is to be played once, the world stays until somebody stops it. What was started ends in any case. */
export async function playDemo(stage: Stage, { once, keep, program }: DemoOptions): Promise<ExitCode> {
  let stopped = false;
  const stop = stopSignal(process).then(() => (stopped = true));
  const checkpoint = (): void => {
    if (stopped) throw new Stopped();
  };
  await using stack = new AsyncDisposableStack();
  const directory = stack.use(await demoDirectory(keep));
  stage.line('directory', `${directory.path}${keep ? ', which stays' : ', removed at the end'}`);
  try {
    const started = await startDemoWorld({ directory: directory.path, stage, stack, checkpoint });
    const expectations = new Expectations();
    const proofFolder = join(directory.path, 'proof');
    const alone = { ...started, stage, expectations, checkpoint, program, proofFolder };
    const cast = await castOf(alone, join(examplesFolder, 'history/releases'));
    const played = await playJourney(cast);
    await checkWorld(cast, played);

    stage.plain(`\n${stage.colours.bold('What was promised, and whether it held')}\n`);
    expectations.print(stage);
    if (!once) {
      await tellWhatToTry(cast, played);
      await stop;
      stage.plain('\nstopping…');
    }
    return expectations.allHeld ? exitCode.done : exitCode.contentSaysNo;
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    stage.plain('\nstopping…');
    return exitCode.interrupted;
  } finally {
    await soon(); // so that the last lines are out before the parts are stopped
  }
}

async function tellWhatToTry({ stage, server }: Cast, { waiting }: Played): Promise<void> {
  const { colours } = stage;
  const approve = (user: string): string =>
    `FAIRLEAD_TOKEN=$(npx fairlead token create --user ${user} --role approver -e prod) npx fairlead approval approve ${waiting.id} --yes`;
  stage.plain(`\n${colours.bold('The status page')}, signed in once by this link\n\n  ${colours.cyan(await server.signInLink())}\n`);
  stage.plain(`${colours.bold('Three things to try')}, in another terminal\n`);
  stage.plain(
    `  1  See what runs where:      npx fairlead login --link '${await server.signInLink()}'\n                               npx fairlead status`,
  );
  stage.plain(`  2  Why does prod wait:       npx fairlead explain promotion/${waiting.id}`);
  stage.plain(`  3  Approve it as two people: ${approve('ada')}\n                               ${approve('grace')}`);
  stage.plain(`\nCtrl-C ends all of it.`);
}
