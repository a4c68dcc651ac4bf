import { z } from 'zod';
import type { Run } from '../command.ts';
import { endAnyway } from '../end-anyway.ts';
import { exitCode } from '../exit-code.ts';
import { parseOptions } from '../options.ts';
import { stopSignal } from '../stop-signal.ts';

const Options = z.object({
  config: z.string().min(1).optional(),
  data: z.string().min(1).optional(),
  listen: z.string().min(1).optional(),
  repository: z.array(z.string()).default([]),
  branch: z.string().min(1).optional(),
  cluster: z.array(z.string()).default([]),
  allow: z.array(z.string()).default([]),
});

/** Of the half a minute that service managers and Kubernetes wait before they kill. */
const patienceMs = 5_000;

export const run: Run = async ({ terminal, options }) => {
  const { config, data, listen, repository, branch, cluster, allow } = parseOptions(Options, options);
  const { lineLog, loadInstallation, readEnvironmentVariables, startServer } = await import('@fairlead/server');
  const flags = { repositories: repository, clusters: cluster, allow, config, data, listen, branch };
  const env = readEnvironmentVariables();
  const installation = await loadInstallation(flags, env);
  const log = lineLog(terminal.stderr, terminal.now);
  const stop = stopSignal(process);

  const server = await startServer({ installation, env, log });
  try {
    terminal.stdout.write(`Fairlead answers at ${server.url}\nSign in, once, within the hour: ${await server.signInLink()}\n`);
    const signal = await stop;
    log('server-stopping', { signal });
    return signal === 'SIGINT' ? exitCode.interrupted : exitCode.done;
  } finally {
    await server[Symbol.asyncDispose]();
    log('server-stopped');
    endAnyway(process, patienceMs, (left) => {
      log('server-left-open', { left });
    });
  }
};
