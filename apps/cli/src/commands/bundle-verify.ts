import { NotFoundError } from '@fairlead/domain';
import { parseTrust, printReport, Refusal, verifyBundle, type Report, type Trust } from 'fairlead-verify';
import { z } from 'zod';
import type { Run } from '../command.ts';
import { ContentError } from '../content-error.ts';
import { readBytes } from '../local/read-bytes.ts';
import { readTextFile } from '../local/read-text-file.ts';
import { parseOptions } from '../options.ts';
import { printDocument } from '../output/print.ts';
import { UsageError } from '../usage-error.ts';

const Options = z.object({
  trust: z.string({ error: 'give a file: a bundle never vouches for itself' }).min(1),
  audience: z.enum(['full', 'tenant'], { error: 'one of: full, tenant' }).default('full'),
});

/** Of this command alone; `fairlead-verify` has the same. */
const exits = { verified: 0, failed: 1, incomplete: 3 } as const satisfies Readonly<Record<Report['verdict'], number>>;

export const run: Run = async ({ terminal, args, options, format }) => {
  const { trust, audience } = parseOptions(Options, options);
  const policy = await trusted(trust, await named(readTextFile(terminal, trust)));
  const report = await verifyBundle(await named(readBytes(terminal, args[0] ?? '')), policy, { audience });
  printDocument(terminal, format, { document: report, text: printReport(report) });
  return exits[report.verdict];
};

async function trusted(file: string, text: string): Promise<Trust> {
  try {
    return await parseTrust(text);
  } catch (error) {
    if (error instanceof Refusal) throw new UsageError(`--trust: ${file}: ${error.message}`, 'fairlead ledger trust -o FILE');
    throw error;
  }
}

/** This command has four exit codes: a file that isn't there is wrong usage. */
async function named<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof NotFoundError || error instanceof ContentError) throw new UsageError(error.message);
    throw error;
  }
}
