import { connect } from '../client/connect.ts';
import type { Run } from '../command.ts';
import { exceptionIdOf } from '../exception-id-of.ts';
import { exitCode } from '../exit-code.ts';
import { printDocument } from '../output/print.ts';

export const run: Run = async ({ terminal, args: [word], format }) => {
  const id = exceptionIdOf(word);
  const document = await (await connect(terminal))('approveException', { params: { id } });
  printDocument(terminal, format, { document, text: `${id} is ${document.status} until ${document.expiresAt}` });
  return exitCode.done;
};
