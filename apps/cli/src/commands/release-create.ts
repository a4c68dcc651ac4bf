import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Run } from '../command.ts';
import { ContentError } from '../content-error.ts';
import { exitCode } from '../exit-code.ts';
import { commitNamed } from '../local/commit-named.ts';
import { writeNewFile } from '../local/write-new-file.ts';
import { openWorld, type DraftRequest } from '../local/wire.ts';
import { parseOptions } from '../options.ts';
import { printDocument } from '../output/print.ts';
import { UsageError } from '../usage-error.ts';

const text = z.string().min(1, 'is empty').optional();
const Options = z.object({
  service: text,
  version: text,
  component: z.array(z.string()).default([]),
  sourceRepository: text,
  commit: text,
  ref: text,
  schemaId: text,
  seedId: text,
  artifact: z.array(z.string()).default([]),
  fromService: text,
  out: text,
});
type Options = z.infer<typeof Options>;

export const run: Run = async ({ terminal, options: given, format }) => {
  const options = parseOptions(Options, given);
  await using world = await openWorld(terminal, serviceRoot(options.fromService));
  const drafted = await world.draftRelease(requestOf(options), await commitNamed(world, options.commit));
  if (drafted.kind === 'invalid') {
    const details = drafted.problems.map(({ message, fix }) => `${message}\n    fix: ${fix}`);
    throw new ContentError('release-invalid', 'the release cannot be made', details);
  }

  const { digest, manifest, text: yaml } = drafted;
  if (options.out === undefined) {
    printDocument(terminal, format, { document: manifest, text: yaml });
    terminal.stderr.write(`${digest}\n`);
    return exitCode.done;
  }
  await writeNewFile(join(terminal.cwd, options.out), yaml);
  printDocument(terminal, format, { document: { release: digest, file: options.out }, text: digest });
  return exitCode.done;
};

/** The folder that holds `.fairlead`. */
function serviceRoot(file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  if (/(?:^|\/)\.fairlead\/service\.yaml$/.test(file)) return join(dirname(file), '..');
  throw new UsageError(`--from-service: ${file} is no service document`, 'give the path of a .fairlead/service.yaml');
}

function requestOf(options: Options): DraftRequest {
  const { service, version, component, sourceRepository, ref, schemaId, seedId, artifact } = options;
  return {
    components: component,
    artifacts: artifact,
    ...(service === undefined ? {} : { service }),
    ...(version === undefined ? {} : { version }),
    ...(sourceRepository === undefined ? {} : { repository: sourceRepository }),
    ...(ref === undefined ? {} : { ref }),
    ...(schemaId === undefined ? {} : { schemaId }),
    ...(seedId === undefined ? {} : { seedId }),
  };
}
