import { resolve } from 'node:path';
import type { Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { releaseRefused } from '../local/release-refused.ts';
import { draftFragmentIn } from '../local/wire/draft.ts';
import { writeNewFile } from '../local/write-new-file.ts';
import { printDocument } from '../output/print.ts';
import { withDraft } from './release-options.ts';

export const run: Run = async (invocation) =>
  withDraft(invocation, async (world, { draft, out }) => {
    const { terminal, format } = invocation;
    const drafted = await draftFragmentIn(world, draft);
    if (drafted.kind === 'invalid') throw releaseRefused('the fragment cannot be made', drafted.problems);
    for (const note of drafted.notes) terminal.stderr.write(`warning: ${note}\n`);
    const { fragment, text: yaml } = drafted;
    if (out === undefined) {
      printDocument(terminal, format, { document: fragment, text: yaml });
      return exitCode.done;
    }
    await writeNewFile(resolve(terminal.cwd, out), yaml);
    terminal.stderr.write(`wrote ${out}; join the fragments of all builds with fairlead release assemble\n`);
    return exitCode.done;
  });
