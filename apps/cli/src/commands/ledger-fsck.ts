import { z } from 'zod';
import type { Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { parseOptions } from '../options.ts';
import { printDocument } from '../output/print.ts';

const Options = z.object({ config: z.string().min(1).optional(), data: z.string().min(1).optional() });

export const run: Run = async ({ terminal, options, format }) => {
  const flags = parseOptions(Options, options);
  const { fsckLedger, lineLog, loadInstallation, readEnvironmentVariables } = await import('@fairlead/server');
  const env = readEnvironmentVariables();
  const log = lineLog(terminal.stderr, terminal.now);
  const report = await fsckLedger({ installation: await loadInstallation(flags, env), env, log });

  const { size, checkpoints, events, pending, findings, found, verifierKey } = report;
  const counted = `${String(size)} records, ${String(checkpoints)} checkpoints, ${String(events)} events, ${String(pending)} not yet in the log`;
  const lines = findings.map(({ kind, where, detail }) => `${kind}  ${where} ${detail}`);
  const more = found > findings.length ? [`… and ${String(found - findings.length)} more`] : [];
  const verdict = found === 0 ? 'clean' : `${String(found)} findings`;
  printDocument(terminal, format, {
    document: { apiVersion: 'fairlead.dev/v1', kind: 'LedgerReport', ...report },
    text: [...lines, ...more, `ledger ${verdict}: ${counted}`, `verifier key ${verifierKey}`].join('\n'),
  });
  return found === 0 ? exitCode.done : exitCode.contentSaysNo;
};
