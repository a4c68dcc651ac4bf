import { readFile } from 'node:fs/promises';
import type { Call, StartedPromotion } from '@fairlead/api';
import { z } from 'zod';
import { connect } from '../client/connect.ts';
import type { Invocation, Run } from '../command.ts';
import { confirm } from '../confirm.ts';
import { exitCode, type ExitCode } from '../exit-code.ts';
import { durationMsOf, parseOptions } from '../options.ts';
import type { OutputFormat } from '../output/output-format.ts';
import { printDocument } from '../output/print.ts';
import { followPromotion } from '../output/follow-promotion.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

const Options = z.object({
  release: z.string({ error: 'say which release: a version, a digest or a manifest file' }),
  to: z.string({ error: 'say which environment' }),
  wait: z.boolean().default(false),
  timeout: z.string().default('10m'),
  dryRun: z.boolean().default(false),
  yes: z.boolean().default(false),
});

export const run: Run = async (invocation) => {
  const { terminal, args, options, format } = invocation;
  if (options['offline'] === true) return offline(invocation);
  refuseOfflineFlags(options);
  const { release: named, to, wait, timeout, dryRun, yes } = parseOptions(Options, options);
  const timeoutMs = durationMsOf(timeout);
  const [service = ''] = args;
  const call = await connect(terminal);
  const release = await releaseOf(call, terminal, named);
  const request = { service, environment: to, release };

  if (dryRun) return showPlan(call, { terminal, format, request });
  if (!yes && !(await agreed(call, terminal, request))) return say(terminal, 'nothing was changed');

  const started = await call('startPromotion', { body: request });
  if (started.kind === 'planned') return say(terminal, started.summary);
  if (started.kind === 'nothing-to-do') return say(terminal, started.message);
  const { promotion } = started;
  if (started.kind === 'exists') terminal.stderr.write(`promotion ${promotion.id} is open already\n`);
  if (wait) return followPromotion(call, { terminal, id: promotion.id, timeoutMs, format });
  printDocument(terminal, format, { document: promotion, text: promotion.id });
  return exitCode.done;
};

/** Loaded late: a client has no use for a renderer. */
async function offline(invocation: Invocation): Promise<ExitCode> {
  const { promoteOffline } = await import('./promote-offline.ts');
  return promoteOffline(invocation);
}

function refuseOfflineFlags(options: Invocation['options']): void {
  const given = ['write', 'patch', 'push'].find((flag) => options[flag] !== undefined);
  if (given !== undefined)
    throw new UsageError(`--${given} is for --offline`, 'add --offline, or leave it out: a server makes the change itself');
}

interface Request {
  readonly service: string;
  readonly environment: string;
  readonly release: string;
}

interface Shown {
  readonly terminal: Terminal;
  readonly format: OutputFormat;
  readonly request: Request;
}

async function showPlan(call: Call, { terminal, format, request }: Shown): Promise<typeof exitCode.done> {
  const planned = await call('startPromotion', { body: { ...request, dryRun: true } });
  if (planned.kind !== 'planned') return say(terminal, whyNoPlan(planned));
  printDocument(terminal, format, { document: planned.plan, text: planned.summary });
  return exitCode.done;
}

/** Shows what would change and asks. Where there is nothing to plan, the start itself says so. */
async function agreed(call: Call, terminal: Terminal, request: Request): Promise<boolean> {
  const planned = await call('startPromotion', { body: { ...request, dryRun: true } });
  if (planned.kind !== 'planned') return true;
  terminal.stderr.write(`${planned.summary}\n`);
  return confirm(terminal, `Promote ${request.release} to ${request.environment}?`);
}

function whyNoPlan(started: Exclude<StartedPromotion, { kind: 'planned' }>): string {
  return started.kind === 'nothing-to-do' ? started.message : `promotion ${started.promotion.id} is open already`;
}

function say(terminal: Terminal, message: string): typeof exitCode.done {
  terminal.stderr.write(`${message}\n`);
  return exitCode.done;
}

/** A path is read and registered first; anything else is a version or a digest. */
async function releaseOf(call: Call, terminal: Terminal, named: string): Promise<string> {
  if (!/[/\\]|\.(ya?ml|json)$/.test(named) || named.startsWith('sha256:')) return named;
  const manifest = await readFile(named, 'utf8').catch((error: unknown) => {
    throw new UsageError(`--release: can't read ${named}: ${error instanceof Error ? error.message : 'unknown fault'}`);
  });
  const { kind, release } = await call('registerRelease', { body: { manifest } });
  if (kind === 'registered') terminal.stderr.write(`registered ${release.service} ${release.version} ${release.digest}\n`);
  return release.digest;
}
