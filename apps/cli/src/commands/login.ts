import { z } from 'zod';
import { connectTo } from '../client/connect.ts';
import { saveContext } from '../client/context-file.ts';
import type { Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { parseOptions } from '../options.ts';
import { UsageError } from '../usage-error.ts';

const Options = z.object({ link: z.url({ error: 'expected the link that the server printed' }), name: z.string().min(1).optional() });

export const run: Run = async ({ terminal, options }) => {
  const { link, name } = parseOptions(Options, options);
  const url = new URL(link);
  const code = url.searchParams.get('code');
  if (code === null) throw new UsageError(`--link: ${url.origin}${url.pathname} has no code`, 'copy the whole link');
  const session = await connectTo(url.origin)('signIn', { body: { code } });
  const path = await saveContext(terminal, { name: name ?? url.host, server: url.origin, token: session.token });
  terminal.stderr.write(`signed in to ${url.origin} as ${session.user} (${session.role}) until ${session.expiresAt}; kept in ${path}\n`);
  return exitCode.done;
};
