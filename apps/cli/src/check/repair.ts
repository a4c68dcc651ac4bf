import { encodeUtf8 } from '@fairlead/domain';
import { confirm } from '../confirm.ts';
import type { PlannedFixes } from '../local/wire/plan-fixes.ts';
import { writeFiles, type NewContent } from '../local/write-files.ts';
import { fixesText } from '../output/fixes-text.ts';
import type { Terminal } from '../terminal.ts';

export interface RepairOptions {
  readonly yes: boolean;
  readonly dryRun: boolean;
}

/** Shows what would be written, asks, and writes it: all of it, or nothing. Whether anything was. */
export async function repair(
  { terminal, root }: { readonly terminal: Terminal; readonly root: string },
  planned: PlannedFixes,
  { yes, dryRun }: RepairOptions,
): Promise<boolean> {
  const { fixes } = planned;
  terminal.stderr.write(fixesText(planned, terminal.interactive && terminal.colour));
  if (fixes.length === 0) terminal.stderr.write('nothing that was found can be repaired without a decision\n\n');
  if (fixes.length === 0 || dryRun) return false;
  const files = `${String(fixes.length)} file${fixes.length === 1 ? '' : 's'}`;
  if (!yes && !(await confirm(terminal, `Write ${files}?`))) return false;
  const contents = fixes.map(({ path, after }): [string, NewContent] => [
    path,
    { kind: 'file', bytes: encodeUtf8(after), executable: false },
  ]);
  await writeFiles(root, new Map(contents));
  terminal.stderr.write(`${files} written; what is left:\n\n`);
  return true;
}
