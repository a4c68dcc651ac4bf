import { apiVersion, NotFoundError } from '@fairlead/domain';
import { z } from 'zod';
import type { Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { adoptionHere } from '../local/wire/adoption.ts';
import { parseOptions } from '../options.ts';
import { adoptionMarkdown, adoptionText } from '../output/adoption-text.ts';
import { printDocument } from '../output/print.ts';
import { UsageError } from '../usage-error.ts';
import { refuseInvalid } from './control-list.ts';

const Options = z.object({ offline: z.boolean().default(false), environment: z.string().min(1).optional() });

/** How far every environment is from leaving `hold`, by Git and by files of evidence alone. */
export const run: Run = async ({ terminal, args: [path], options: given, format }) => {
  const { offline, environment } = parseOptions(Options, given);
  if (!offline) throw new UsageError('no server keeps the phases of adoption yet', 'add --offline: it reads Git and evidence/*.json');
  const read = await adoptionHere(terminal, path);
  refuseInvalid(read.invalid);
  const items = read.items.filter(
    (item) => environment === undefined || item.environment === environment || `${item.service}/${item.environment}` === environment,
  );
  if (items.length === 0) {
    const hint =
      read.items.length === 0
        ? 'fairlead init declares what is there'
        : `there are: ${read.items.map((item) => item.environment).join(', ')}`;
    throw new NotFoundError('environment-unknown', `no environment${environment === undefined ? '' : ` ${environment}`} is declared here`, {
      hint,
    });
  }
  for (const file of read.unreadable) terminal.stderr.write(`${file} holds no evidence: write kind: AdoptionEvidence, or a DriftReport\n`);
  const document = { apiVersion, kind: 'AdoptionStatus', asOf: terminal.now().toISOString(), items };
  printDocument(terminal, format, { document, text: format === 'md' ? adoptionMarkdown(items) : adoptionText(items) });
  const isMet = items.every(({ leaving, start }) => [...leaving, ...start].every(({ verdict }) => verdict === 'met'));
  return isMet ? exitCode.done : exitCode.contentSaysNo;
};
