import { InvalidError, renderFault } from '@fairlead/domain';
import type { Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { openWorld } from '../local/wire.ts';
import { printDocument } from '../output/print.ts';

/** The bytes of `kustomize build`, nothing more and nothing less. */
export const run: Run = async ({ terminal, args: [path], format }) => {
  await using world = await openWorld(terminal, path);
  const outcome = await world.render();
  if (outcome.kind === 'failed') {
    const { message, fix } = renderFault(outcome);
    throw new InvalidError(outcome.code, message, { hint: fix });
  }
  const { yaml, objects, digest, versions } = outcome;
  if (format === 'table' || format === 'wide' || format === 'yaml') terminal.stdout.write(yaml);
  else {
    const document = { apiVersion: 'fairlead.dev/v1', kind: 'RenderedObjects', path: world.path, digest, versions, items: objects };
    printDocument(terminal, format, { document, text: yaml });
  }
  return exitCode.done;
};
