import { z } from 'zod';
import type { Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { readManifest } from '../local/read-manifest.ts';
import { releaseRefused } from '../local/release-refused.ts';
import { parseOptions } from '../options.ts';
import { printDocument } from '../output/print.ts';
import { isAboutSignatures, printSignatures } from '../output/print-signatures.ts';
import { UsageError } from '../usage-error.ts';

const Options = z.object({
  offline: z.boolean().default(false),
  registry: z.boolean().default(false),
  key: z.string().optional(),
  environment: z.string().optional(),
  signature: z.string().optional(),
  bundle: z.array(z.string()).default([]),
});

/** Judges the document and, where that is asked, whether its images are where it says. */
export const run: Run = async ({ terminal, args: [place = ''], options: given, format }) => {
  const options = parseOptions(Options, given);
  const { offline, registry } = options;
  if (offline && registry) throw new UsageError('--offline and --registry contradict each other', 'give one of them');
  const { manifest, digest, text } = await readManifest(terminal, place);
  if (registry) {
    const { missingImagesOf } = await import('../local/wire/missing-images.ts');
    const missing = await missingImagesOf(terminal, manifest);
    if (missing.length > 0) throw releaseRefused('the images of the release are not what its manifest says', missing);
    const count = manifest.components.length;
    terminal.stderr.write(`${count === 1 ? 'its image is' : `its ${String(count)} images are`} in the registry\n`);
  }
  if (isAboutSignatures(options))
    return printSignatures({ terminal, format }, { ...options, bundles: options.bundle, place, manifest, text, digest });
  const { service, version } = manifest.metadata;
  printDocument(terminal, format, { document: { release: digest, service, version }, text: digest });
  return exitCode.done;
};
