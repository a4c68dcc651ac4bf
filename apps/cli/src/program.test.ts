import { describe, expect, it } from 'vitest';
import { clientCommands } from './commands/client-commands.ts';
import { driftCommands } from './commands/drift-commands.ts';
import { offlineCommands } from './commands/offline-commands.ts';
import { releaseCommands } from './commands/release-commands.ts';
import { serverCommands } from './commands/server-commands.ts';
import { runProgram } from './program.ts';
import { memoryTerminal, type MemoryTerminal } from './testing/memory-terminal.ts';

async function run(...words: readonly string[]): Promise<MemoryTerminal['said'] & { readonly exit: number }> {
  const terminal = memoryTerminal();
  const exit = await runProgram(words, terminal);
  return { exit, ...terminal.said };
}

describe('help', () => {
  it('goes to stdout and names every command', async () => {
    const { exit, stdout, stderr } = await run('--help');

    expect([exit, stderr]).toEqual([0, '']);
    for (const { name } of [...offlineCommands, ...releaseCommands, ...clientCommands, ...driftCommands, ...serverCommands]) {
      expect(stdout).toMatch(new RegExp(`^ {2}${name.split(' ')[0] ?? ''} `, 'm'));
    }
  });

  it.each([...offlineCommands, ...releaseCommands, ...clientCommands, ...driftCommands, ...serverCommands].map(({ name }) => name))(
    'of %s has an example of it',
    async (name) => {
      const { exit, stdout } = await run(...name.split(' '), '--help');

      expect(exit).toBe(0);
      expect(stdout).toMatch(new RegExp(`Examples:\\n {2}\\$ fairlead ${name}`));
    },
  );

  it('of a noun without a verb is an error', async () => {
    const { exit, stdout, stderr } = await run('release');

    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toContain('create [options]');
  });
});

describe('a wrong word', () => {
  it.each([
    [['chek'], "unknown command 'chek'", 'Did you mean check?'],
    [['release', 'verfy', 'x'], "unknown command 'verfy'", 'Did you mean verify?'],
    [['check', '--ouput', 'json'], "unknown option '--ouput'", 'Did you mean --output?'],
    [['check', '-o', 'jso'], 'unknown output format "jso"', 'did you mean json?'],
    [['render', '-o', 'github', '.'], 'unknown output format "github"', 'use one of: table, '],
    [['render'], "missing required argument 'PATH'", ''],
    [['version', 'extra'], 'too many arguments', ''],
  ] as const)('%j ends with 2 and says what was meant', async (words, said, meant) => {
    const { exit, stdout, stderr } = await run(...words);

    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toContain(said);
    expect(stderr).toContain(meant);
  });

  it.each([[['chek', '-o', 'json']], [['check', '--ouput', '--output=json']], [['render', '-ojson']]])(
    '%j is said as JSON, once',
    async (words) => {
      const { exit, stderr } = await run(...words);

      expect(exit).toBe(2);
      expect(JSON.parse(stderr)).toMatchObject({ code: 'usage' });
      expect(stderr).not.toContain('error:');
    },
  );
});

describe('the version', () => {
  it('is the program’s own with -V, and a flag of release create behind it', async () => {
    expect(await run('--version')).toMatchObject({ exit: 0, stdout: '0.1.0\n' });
    expect((await run('release', 'create', '--version')).stderr).toContain("'--version <VERSION>' argument missing");
  });
});
