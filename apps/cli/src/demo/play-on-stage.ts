import { setImmediate as soon } from 'node:timers/promises';
import { exitCode, type ExitCode } from '../exit-code.ts';
import { stopSignal } from '../stop-signal.ts';
import { demoDirectory } from './demo-directory.ts';
import type { DemoPlace } from './demo-server.ts';
import { Expectations } from './expectations.ts';
import type { Stage } from './stage.ts';

export interface PlayOptions {
  /** Ends after the journey; else the world stays until somebody stops it. */
  readonly once: boolean;
  /** Leaves the directory. */
  readonly keep: boolean;
}

export interface Setting extends DemoPlace {
  readonly expectations: Expectations;
}

class Stopped extends Error {}

/** Plays, tells what held, and what one can try while it stays: what `play` gives is called for that. What was started ends in any case. */
export async function playOnStage(
  stage: Stage,
  { once, keep }: PlayOptions,
  play: (setting: Setting) => Promise<() => Promise<void>>,
): Promise<ExitCode> {
  let stopped = false;
  const stop = stopSignal(process).then(() => (stopped = true));
  const checkpoint = (): void => {
    if (stopped) throw new Stopped();
  };
  await using stack = new AsyncDisposableStack();
  const directory = stack.use(await demoDirectory(keep));
  try {
    const expectations = new Expectations();
    const tellWhatToTry = await play({ directory: directory.path, stage, stack, checkpoint, expectations });

    stage.plain(`\n${stage.colours.bold('What was promised, and whether it held')}\n`);
    expectations.print(stage);
    if (!once) {
      await tellWhatToTry();
      stage.plain(`\nCtrl-C ends all of it.`);
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
