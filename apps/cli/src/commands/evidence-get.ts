import { Digest, recordedEvidence } from '@fairlead/domain';
import { connect } from '../client/connect.ts';
import type { Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { printDocument } from '../output/print.ts';
import { UsageError } from '../usage-error.ts';

export const run: Run = async ({ terminal, args, format }) => {
  const digest = Digest.safeParse((args[0] ?? '').replace(/^evidence\//, ''));
  if (!digest.success) throw new UsageError(`${JSON.stringify(args[0] ?? '')} is no record`, 'fairlead evidence list -o name');
  const record = await (await connect(terminal))('getEvidence', { params: { digest: digest.data } });
  const { body } = recordedEvidence(Buffer.from(record.bundle));
  const place = record.index === undefined ? 'not in the log yet' : `log entry ${String(record.index)}`;
  const text = `${record.type} ${record.at}, ${place}\n${JSON.stringify(body, undefined, 2)}${record.proof === undefined ? '' : `\n\n${record.proof}`}`;
  printDocument(terminal, format, { document: record, text });
  return exitCode.done;
};
