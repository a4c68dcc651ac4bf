import { expect, it } from 'vitest';
import type { Terminal } from '../terminal.ts';
import { memoryTerminal } from '../testing/memory-terminal.ts';
import { commandLine } from './command-line.ts';
import { stageOn } from './stage.ts';

it('runs a command as its person, who has a server, a token and a folder and nothing of the one who plays', async () => {
  const seen: Terminal[] = [];
  const terminal = memoryTerminal({ env: { FAIRLEAD_CONTEXT: 'prod' }, interactive: true, colour: true });
  const fairlead = commandLine({
    stage: stageOn(terminal),
    program: (words, of) => {
      seen.push(of);
      of.stderr.write(`${words.join(' ')}: `);
      of.stdout.write('ready\n');
      return Promise.resolve(0);
    },
    server: 'http://127.0.0.1:1',
    token: 'secret',
    directory: '/proof',
  });

  const outcome = await fairlead(['status']);

  expect(outcome).toEqual({ code: 0, said: 'status: ready\n' });
  expect(seen).toMatchObject([{ cwd: '/proof', interactive: false, colour: false }]);
  expect(seen[0]?.env).toEqual({ HOME: '/proof', FAIRLEAD_SERVER: 'http://127.0.0.1:1', FAIRLEAD_TOKEN: 'secret' });
  expect(terminal.said.stdout).not.toContain('secret');
});
