import { resolve } from 'node:path';
import { ConflictError } from '@fairlead/domain';
import type { Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { releaseRefused } from '../local/release-refused.ts';
import { draftReleaseIn } from '../local/wire/draft.ts';
import { writeNewFile } from '../local/write-new-file.ts';
import { printDocument } from '../output/print.ts';
import { withDraft } from './release-options.ts';

export const run: Run = async (invocation) =>
  withDraft(invocation, async (world, { draft, out }) => {
    const { terminal, format } = invocation;
    const drafted = await draftReleaseIn(world, draft);
    if (drafted.kind === 'invalid') throw releaseRefused('the release cannot be made', drafted.problems);
    if (drafted.kind === 'nothing-new') {
      const { metadata, source } = drafted.last;
      const shown = drafted.changed.slice(0, 5).join(', ');
      const message = `commit ${draft.commit.slice(0, 12)} differs from release ${metadata.version} (${source.commit.slice(0, 12)}) only in what environments are made of: ${shown}`;
      throw new ConflictError('nothing-to-release', message, {
        hint: `promote release ${metadata.version}; a change of an environment needs no release`,
      });
    }
    for (const note of drafted.notes) terminal.stderr.write(`warning: ${note}\n`);
    const { digest, manifest, text: yaml } = drafted;
    if (out === undefined) {
      printDocument(terminal, format, { document: manifest, text: yaml });
      terminal.stderr.write(`${digest}\n`);
      return exitCode.done;
    }
    await writeNewFile(resolve(terminal.cwd, out), yaml);
    printDocument(terminal, format, { document: { release: digest, file: out }, text: digest });
    return exitCode.done;
  });
