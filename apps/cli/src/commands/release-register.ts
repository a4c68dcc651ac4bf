import { readFile } from 'node:fs/promises';
import { connect } from '../client/connect.ts';
import type { Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { printDocument } from '../output/print.ts';
import { UsageError } from '../usage-error.ts';

export const run: Run = async ({ terminal, args, format }) => {
  const [file = ''] = args;
  const manifest = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new UsageError(`can't read ${file}: ${error instanceof Error ? error.message : 'unknown fault'}`);
  });
  const { kind, release } = await (await connect(terminal))('registerRelease', { body: { manifest } });
  if (kind === 'exists') terminal.stderr.write(`${release.service} ${release.version} was registered already\n`);
  printDocument(terminal, format, { document: release, text: release.digest });
  return exitCode.done;
};
