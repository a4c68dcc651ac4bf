import { describe, expect, it } from 'vitest';
import { memoryTerminal } from '../testing/memory-terminal.ts';
import { stageOn, type CommandOutcome } from './stage.ts';

const says =
  (said: string, code = 0) =>
  (): Promise<CommandOutcome> =>
    Promise.resolve({ code, said });
const withoutTimes = (text: string): string => text.replaceAll(/^ +\d+\.\d s {2}/gm, '');

describe('a command on stage', () => {
  it('is shown as a shell takes it, with what it says below', async () => {
    const terminal = memoryTerminal();
    await stageOn(terminal).command(['fairlead', 'task', 'close', '--reason', "it's gone"], says('t-1 is closed\n'));

    expect(withoutTimes(terminal.said.stdout)).toBe(
      String.raw`$ fairlead task close --reason 'it'\''s gone'` + '\n          t-1 is closed\n',
    );
  });

  it('shows an exit code that is not 0, and gives it on', async () => {
    const terminal = memoryTerminal();
    const outcome = await stageOn(terminal).command(['verify'], says('failed\n', 1));

    expect(terminal.said.stdout).toMatch(/failed\n +exit 1\n$/);
    expect(outcome).toEqual({ code: 1, said: 'failed\n' });
  });

  it('marks once what it leaves out, however many lines', async () => {
    const terminal = memoryTerminal();
    await stageOn(terminal).command(['verify'], says('ok a\nskipped b\nskipped c\nfailed\n'), { without: /^skipped/ });

    expect(
      withoutTimes(terminal.said.stdout)
        .split('\n')
        .map((line) => line.trim()),
    ).toEqual(['$ verify', 'ok a', '…', 'failed', '']);
  });

  it('has what is wider than the terminal on several lines', async () => {
    const terminal = memoryTerminal({ columns: 60 });
    await stageOn(terminal).command(['explain'], says(`${'word '.repeat(20)}\n`));

    expect(Math.max(...terminal.said.stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(60);
  });
});
