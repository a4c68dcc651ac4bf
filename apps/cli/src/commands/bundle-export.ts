import { bundlePath, bundleRoute } from '@fairlead/api';
import { TrustPolicy, UpstreamError } from '@fairlead/domain';
import { z } from 'zod';
import { download } from '../client/connect.ts';
import type { Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { readTextFile } from '../local/read-text-file.ts';
import { writeStream } from '../local/write-stream.ts';
import { parseOptions } from '../options.ts';
import { promotionIdOf } from '../promotion-id-of.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

const Options = z.object({
  output: z.string().min(1).optional(),
  since: z.string().min(1).optional(),
  kept: z.literal(true).optional(),
  audience: z.enum(['full', 'tenant'], { error: 'one of: full, tenant' }).default('full'),
});

export const run: Run = async ({ terminal, args, options }) => {
  const { output, since, audience, kept } = parseOptions(Options, options);
  if (kept === true && (since !== undefined || audience !== 'full'))
    throw new UsageError('--kept: what is kept is as it was made, without --since and for nobody in particular', 'leave --kept out');
  const id = promotionIdOf(args[0]);
  const note = since === undefined ? undefined : noteIn(await readTextFile(terminal, since));

  const response = await download(
    terminal,
    bundlePath(id, { audience, ...(note === undefined ? {} : { since: note }), ...(kept === undefined ? {} : { kept: 'true' }) }),
  );
  if (response.body === null)
    throw new UpstreamError('bundle-empty', 'the server sent an empty bundle', { provider: 'fairlead', retryable: true });
  const file = output ?? nameIn(response, `fairlead-${id}.tar`);
  await writeStream(terminal, file, response.body);

  return said(terminal, { file, missing: response.headers.get(bundleRoute.missingHeader) ?? '' });
};

function said({ stderr }: Terminal, { file, missing }: { readonly file: string; readonly missing: string }): 0 | 8 {
  stderr.write(`${file === '-' ? 'bundle' : file} written\n`);
  if (missing === '') return exitCode.done;
  stderr.write(`incomplete, so verifying it exits 3: ${missing.replaceAll(',', ', ')}\n`);
  return exitCode.partlyDone;
}

/** A checkpoint as it is, or the one in a trust file; a trust file of an empty log has none. */
function noteIn(text: string): string | undefined {
  if (!text.startsWith('{')) return text;
  const policy = TrustPolicy.safeParse(jsonIn(text));
  if (policy.success) return policy.data.checkpoint;
  throw new UsageError('--since: neither a checkpoint nor a trust file', 'fairlead ledger trust -o FILE');
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What the server calls it: a plain name, or ours. */
function nameIn(response: Response, otherwise: string): string {
  return /filename="([a-z0-9][a-z0-9.-]{0,200})"$/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? otherwise;
}
