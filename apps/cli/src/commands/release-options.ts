import { dirname, join } from 'node:path';
import { readBuildOutput, UpstreamError } from '@fairlead/domain';
import { z } from 'zod';
import type { Invocation } from '../command.ts';
import { ContentError } from '../content-error.ts';
import { commitNamed } from '../local/commit-named.ts';
import { readPrintedText } from '../local/read-text-file.ts';
import { openWorld, type LocalWorld } from '../local/wire.ts';
import type { Draft } from '../local/wire/draft.ts';
import { openRegistry } from '../local/wire/open-registry.ts';
import { parseOptions } from '../options.ts';
import { UsageError } from '../usage-error.ts';

const text = z.string().min(1, 'is empty').optional();
const ReleaseOptions = z.object({
  service: text,
  version: text,
  component: z.array(z.string()).default([]),
  componentFile: z.array(z.string()).default([]),
  sourceRepository: text,
  commit: text,
  ref: text,
  schemaId: text,
  seedId: text,
  artifact: z.array(z.string()).default([]),
  fromService: text,
  offline: z.boolean().default(false),
  out: text,
});
type ReleaseOptions = z.infer<typeof ReleaseOptions>;

interface AskedDraft {
  readonly draft: Draft;
  readonly out: string | undefined;
}

/** Opens the checkout that a release is made from, reads what the flags say, and makes it. */
export async function withDraft<T>(
  { terminal, options: given }: Invocation,
  make: (world: LocalWorld, asked: AskedDraft) => Promise<T>,
): Promise<T> {
  const options = parseOptions(ReleaseOptions, given);
  await using world = await openWorld(terminal, serviceRoot(options.fromService));
  const built = await fromFiles(options.componentFile, (file) => readPrintedText(terminal, file));
  const request = requestOf({ ...options, component: [...options.component, ...built] });
  const commit = await commitNamed(world, options.commit);
  const registry = options.offline ? {} : { registry: await openRegistry(terminal) };
  return await make(world, { draft: { request, commit, ...registry }, out: options.out }).catch(namingOffline);
}

/** Who has every digest needs no registry, but has to know how to say so. */
function namingOffline(error: unknown): never {
  if (!(error instanceof UpstreamError)) throw error;
  const { code, message, provider, retryable, hint } = error;
  const offline = 'with digests alone, --offline asks no registry';
  throw new UpstreamError(code, message, { provider, retryable, cause: error, hint: hint === undefined ? offline : `${hint}; ${offline}` });
}

/** The folder that holds `.fairlead`. */
function serviceRoot(file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  if (/(?:^|\/)\.fairlead\/service\.yaml$/.test(file)) return join(dirname(file), '..');
  throw new UsageError(`--from-service: ${file} is no service document`, 'give the path of a .fairlead/service.yaml');
}

/** `name=image` of everything that builds wrote down. */
async function fromFiles(words: readonly string[], read: (file: string) => Promise<string>): Promise<readonly string[]> {
  const texts = await Promise.all(words.map((word) => fromFile(word, read)));
  const problems = texts.flatMap(({ problem }) => problem ?? []);
  if (problems.length > 0) throw new ContentError('build-output-unreadable', 'what a build wrote cannot be read', problems);
  return texts.flatMap(({ components }) => components);
}

async function fromFile(
  word: string,
  read: (file: string) => Promise<string>,
): Promise<{ readonly components: readonly string[]; readonly problem?: string }> {
  const [, named, file = word] = /^([a-z0-9][a-z0-9-]*)=(.+)$/.exec(word) ?? [];
  const output = readBuildOutput(await read(file));
  if (output.kind === 'unreadable') {
    return { components: [], problem: `${file} ${output.because}\n    fix: give what the build wrote after it pushed the image` };
  }
  const images = output.images.map(({ name = named, image }) => ({ name, image }));
  if (images.some(({ name }) => name === undefined) || (named !== undefined && images.length > 1)) {
    const fix = images.length > 1 ? `give ${file} without a name, and the components by name in it` : `give it as NAME=${file}`;
    return { components: [], problem: `${file} does not say which image is of which component\n    fix: ${fix}` };
  }
  return { components: images.map(({ name, image }) => `${named ?? name ?? ''}=${image}`) };
}

function requestOf(options: ReleaseOptions): Draft['request'] {
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
