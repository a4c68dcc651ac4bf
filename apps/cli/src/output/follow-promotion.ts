import { setTimeout as pause } from 'node:timers/promises';
import type { Call } from '@fairlead/api';
import { hasEnded, UpstreamError, type Promotion, type PromotionId } from '@fairlead/domain';
import { exitCode, type ExitCode } from '../exit-code.ts';
import type { Terminal } from '../terminal.ts';
import type { OutputFormat } from './output-format.ts';
import { printDocument } from './print.ts';

const lookEveryMs = 400;

interface Follow {
  readonly terminal: Terminal;
  readonly id: PromotionId;
  readonly timeoutMs: number;
  readonly format: OutputFormat;
}

/** Prints a line for each change until the promotion ends or the time is up. The exit code tells the final state: 0 ready, 1 any other end, 6 time-out. */
export async function followPromotion(call: Call, { terminal, id, timeoutMs, format }: Follow): Promise<ExitCode> {
  const until = performance.now() + timeoutMs;
  let shown = '';
  for (;;) {
    const promotion = await lookAt(call, id, { terminal, until });
    const line = lineOf(promotion);
    if (line !== shown) terminal.stderr.write(`${terminal.now().toISOString()} ${line}\n`);
    shown = line;
    if (hasEnded(promotion.status)) {
      printDocument(terminal, format, { document: promotion, text: `${promotion.id} ${promotion.status}` });
      return promotion.status === 'ready' ? exitCode.done : exitCode.contentSaysNo;
    }
    if (performance.now() >= until) {
      terminal.stderr.write(
        `timed out after ${String(Math.round(timeoutMs / 1000))} s; the promotion goes on: fairlead wait promotion/${id}\n`,
      );
      printDocument(terminal, format, { document: promotion, text: `${promotion.id} ${promotion.status}` });
      return exitCode.timedOut;
    }
    await pause(lookEveryMs);
  }
}

interface Patience {
  readonly terminal: Terminal;
  readonly until: number;
}

/** A server that restarts doesn't end the promotion, so it doesn't end the wait either. */
async function lookAt(call: Call, id: PromotionId, { terminal, until }: Patience): Promise<Promotion> {
  for (let told = false; ; told = true) {
    try {
      return (await call('getPromotion', { params: { id } })).promotion;
    } catch (error) {
      if (!(error instanceof UpstreamError) || performance.now() >= until) throw error;
      if (!told) terminal.stderr.write(`${terminal.now().toISOString()} ${error.message}; trying again\n`);
      await pause(lookEveryMs);
    }
  }
}

function lineOf({ environment, release, status, blockers, ended }: Promotion): string {
  const head = `${environment} ${release.version} ${status}`;
  if (ended !== undefined) return ended.reason === status ? head : `${head}: ${ended.reason}`;
  if (blockers.length === 0) return head;
  return `${head}, waits: ${blockers.map(({ gate, message, who }) => `${gate}: ${message} [can act: ${who.join(', ')}]`).join('; ')}`;
}
