import { Command, CommanderError } from 'commander';
import pc from 'picocolors';
import type { CommandSpec } from './command.ts';
import { adoptionCommands } from './commands/adoption-commands.ts';
import { clientCommands } from './commands/client-commands.ts';
import { driftCommands } from './commands/drift-commands.ts';
import { environmentCommands } from './commands/environment-commands.ts';
import { offlineCommands } from './commands/offline-commands.ts';
import { profileCommands } from './commands/profile-commands.ts';
import { proofCommands } from './commands/proof-commands.ts';
import { releaseCommands } from './commands/release-commands.ts';
import { serverCommands } from './commands/server-commands.ts';
import { vendorCommands } from './commands/vendor-commands.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import type { Failure } from './exit.ts';
import { outputFormats } from './output/output-format.ts';
import type { Terminal } from './terminal.ts';
import { version } from './version.ts';

const nounSummaries: Readonly<Record<string, string>> = {
  release: 'releases: create, fragment, assemble, sign, verify, show, diff, push, pull, register, list',
  profile: 'what an environment has to be: resolve',
  promotion: 'promotions: list, get',
  environment: 'environments: suspend, resume, suspensions',
  approval: 'approvals: list, approve, reject',
  validation: 'validation phases: list, rerun',
  drift: 'what runs otherwise than declared: scan, watch, compare; list, get, reconcile, adopt',
  exception: 'exceptions: create, approve, list, revoke',
  task: 'follow-ups of manual changes: list, close',
  evidence: 'evidence records: list, get',
  token: 'tokens of local people',
  ledger: 'the evidence log: fsck, trust',
  adoption: 'how far environments are from being delivered by a controller: status',
  control: 'controls of today that must not get weaker: list',
  bundle: 'evidence bundles: export, verify, inspect',
};

/** Parses the words, runs the command and gives its exit code. Never throws. */
export async function runProgram(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let exit: ExitCode = 0;
  const json = wantsJson(words);
  const program = new Command('fairlead')
    .description('Guides one digest-pinned release, by Git, from manifest to proven in production.')
    .version(version, '-V, --version', 'print the version')
    // Without it `release create --version` would be the program's own.
    .enablePositionalOptions()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => void terminal.stdout.write(text),
      writeErr(text) {
        if (!json) terminal.stderr.write(text);
      },
    })
    .exitOverride();
  for (const [heading, specs] of groups) {
    for (const spec of specs) {
      addCommand({ program, heading }, spec, async (args, options) => {
        const { run } = await spec.load();
        const { parseFormat } = await import('./output/print.ts');
        const output = typeof options['output'] === 'string' && spec.makesFile !== true ? options['output'] : 'table';
        const commands = groups.flatMap(([, all]) => all);
        exit = await run({ terminal, args, options, format: parseFormat(output, spec.formats), commands, program: runProgram });
      });
    }
  }
  try {
    await program.parseAsync([...words], { from: 'user' });
    return exit;
  } catch (error) {
    return await fail(error, { terminal, json });
  }
}

const groups: readonly (readonly [heading: string, specs: readonly CommandSpec[]])[] = [
  ['On a checkout:', [...adoptionCommands, ...offlineCommands, ...profileCommands, ...releaseCommands, ...vendorCommands]],
  ['With a server:', [...clientCommands, ...environmentCommands, ...driftCommands]],
  ['With evidence:', proofCommands],
  ['To run one:', serverCommands],
];

type Action = (args: readonly string[], options: Readonly<Record<string, unknown>>) => Promise<void>;

interface Placed {
  readonly program: Command;
  readonly heading: string;
}

function addCommand({ program, heading }: Placed, spec: CommandSpec, action: Action): void {
  const [first = '', verb] = spec.name.split(' ');
  const parent = verb === undefined ? program : nounOf(program, first, heading);
  const command = parent.command([verb ?? first, spec.args ?? ''].join(' ').trim()).description(spec.summary);
  if (verb === undefined) command.helpGroup(heading);
  for (const [flags, description, rest] of spec.options ?? []) {
    if (rest?.many === true) command.option(flags, description, (value: string, all: readonly string[]) => [...all, value], []);
    else command.option(flags, description);
  }
  command.option(...outputOf(spec));
  command.addHelpText('after', `\nExamples:\n${spec.examples.map((example) => `  $ ${example}`).join('\n')}`);
  command.exitOverride();
  command.action(() => action(command.args, command.opts()));
}

function outputOf(spec: CommandSpec): readonly [flags: string, description: string] {
  if (spec.makesFile === true) return ['-o, --output <FILE>', 'the file to write; - is stdout'];
  return ['-o, --output <format>', formatsOf(spec).join(', ')];
}

function formatsOf({ formats = [] }: CommandSpec): readonly string[] {
  return [...outputFormats, ...formats];
}

function nounOf(program: Command, noun: string, heading: string): Command {
  const known = program.commands.find((command) => command.name() === noun);
  return (
    known ??
    program
      .command(noun)
      .description(nounSummaries[noun] ?? noun)
      .helpGroup(heading)
      .exitOverride()
  );
}

function wantsJson(words: readonly string[]): boolean {
  const at = words.findIndex((word) => word === '-o' || word === '--output');
  return words.includes('--output=json') || words.includes('-ojson') || (at >= 0 && words[at + 1] === 'json');
}

async function fail(error: unknown, { terminal, json }: { readonly terminal: Terminal; readonly json: boolean }): Promise<ExitCode> {
  // The parser has said it; the rest of the table loads what help has no use for.
  if (error instanceof CommanderError && error.exitCode === 0) return exitCode.done;
  if (error instanceof CommanderError && !json) return exitCode.usage;
  const { failureOf } = await import('./exit.ts');
  const failure = failureOf(error);
  terminal.stderr.write(json ? jsonOf(failure) : textOf(failure, terminal));
  return failure.exit;
}

function jsonOf({ code, message, hint, requestId, details }: Failure): string {
  return `${JSON.stringify({ code, message, hint, requestId, details })}\n`;
}

function textOf({ code, message, hint, details = [], stack }: Failure, { colour, interactive }: Terminal): string {
  const { red } = pc.createColors(colour && interactive);
  const lines = [`${red('error')}: ${message} (${code})`, ...details.map((detail) => `  ${detail}`)];
  return [...lines, ...(hint === undefined ? [] : [`  fix: ${hint}`]), ...(stack === undefined ? [] : [stack]), ''].join('\n');
}
