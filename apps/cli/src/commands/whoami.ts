import { connect } from '../client/connect.ts';
import type { Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { printDocument } from '../output/print.ts';

export const run: Run = async ({ terminal, format }) => {
  const session = await (await connect(terminal))('whoami', {});
  const where = session.environments === undefined ? 'all environments' : session.environments.join(', ');
  printDocument(terminal, format, { document: session, text: `${session.user}, ${session.role}, ${where}, until ${session.expiresAt}` });
  return exitCode.done;
};
