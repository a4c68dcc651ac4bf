import { resolve } from 'node:path';
import { InvariantError } from '@fairlead/domain';
import { z } from 'zod';
import type { Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { clusterAccess, ClusterOptions } from '../local/cluster-access.ts';
import { commitNamed } from '../local/commit-named.ts';
import { environmentNamed } from '../local/environment-named.ts';
import { writeNewFile } from '../local/write-new-file.ts';
import { releaseRefused } from '../local/release-refused.ts';
import { openWorld } from '../local/wire.ts';
import { draftReleaseIn } from '../local/wire/draft.ts';
import { parseOptions } from '../options.ts';
import { printDocument } from '../output/print.ts';

const text = z.string().min(1, 'is empty').optional();
const Options = ClusterOptions.extend({ environment: text, version: text, commit: text, ref: text, sourceRepository: text, out: text });

/** A manifest for what runs today, so that the first promotion has something to be compared with. */
export const run: Run = async ({ terminal, args: [path], options: given, format }) => {
  const options = parseOptions(Options, given);
  await using world = await openWorld(terminal, path);
  const environment = await environmentNamed(world, options.environment);
  const { kubeconfig, version, ref, sourceRepository, out } = options;
  const access = kubeconfig === undefined ? undefined : clusterAccess(options, terminal);
  const { components, problems } = await world.capture(environment, access);
  if (problems.length > 0) throw releaseRefused(captureRefused, problems);

  const commit = await commitNamed(world, options.commit);
  const request = {
    captured: true,
    service: environment.declared.service.metadata.name,
    version: version ?? `captured-${commit.slice(0, 12)}`,
    components: components.map(({ name, image }) => `${name}=${image}`),
    artifacts: [],
    ...(ref === undefined ? {} : { ref }),
    ...(sourceRepository === undefined ? {} : { repository: sourceRepository }),
  } as const;
  const drafted = await draftReleaseIn(world, { request, commit });
  if (drafted.kind === 'nothing-new') throw new InvariantError('release-judged', 'a captured release was judged as a build');
  if (drafted.kind === 'invalid') throw releaseRefused(captureRefused, drafted.problems);
  const { digest, manifest, text: yaml } = drafted;
  terminal.stderr.write(`captured from ${environment.name}: usable in hold and shadow, never promotable to production\n`);
  if (out === undefined) {
    printDocument(terminal, format, { document: manifest, text: yaml });
    terminal.stderr.write(`${digest}\n`);
    return exitCode.done;
  }
  await writeNewFile(resolve(terminal.cwd, out), yaml);
  printDocument(terminal, format, { document: { release: digest, file: out }, text: digest });
  return exitCode.done;
};

const captureRefused = 'the release cannot be captured';
