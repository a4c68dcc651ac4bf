import type { TrustPolicy } from '@fairlead/domain';
import { z } from 'zod';
import { connect } from '../client/connect.ts';
import type { Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { writeStream } from '../local/write-stream.ts';
import { parseOptions } from '../options.ts';
import type { Terminal } from '../terminal.ts';

const Options = z.object({
  config: z.string().min(1).optional(),
  data: z.string().min(1).optional(),
  output: z.string().min(1).default('-'),
});

export const run: Run = async ({ terminal, options }) => {
  const { output, ...place } = parseOptions(Options, options);
  const policy = await (place.config === undefined && place.data === undefined ? ofServer(terminal) : ofData(terminal, place));
  await writeStream(terminal, output, one(`${JSON.stringify(policy, undefined, 2)}\n`));
  if (output !== '-') terminal.stderr.write(`${output} written: hand it over by another way than the bundles\n`);
  return exitCode.done;
};

async function ofServer(terminal: Terminal): Promise<TrustPolicy> {
  return (await connect(terminal))('getTrust', {});
}

async function ofData(
  terminal: Terminal,
  place: { readonly config?: string | undefined; readonly data?: string | undefined },
): Promise<TrustPolicy> {
  const { ledgerTrust, lineLog, loadInstallation, readEnvironmentVariables } = await import('@fairlead/server');
  const env = readEnvironmentVariables();
  return ledgerTrust({ installation: await loadInstallation(place, env), env, log: lineLog(terminal.stderr, terminal.now) });
}

// eslint-disable-next-line @typescript-eslint/require-await -- a stream of one piece
async function* one(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
