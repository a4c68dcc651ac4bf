import { isSecretRule, showableValue, type CheckReport, type Digest, type Finding } from '@fairlead/domain';
import type { TextFiles } from './text-files.ts';

/** The line of each finding, by fingerprint, where it may be shown. A secret may run over several lines, so of a file that has one, or that can't be told apart,
 *  no line is shown: of a secret's own no more than its key, which its pointer says anyway. */
export async function excerptsOf(texts: TextFiles, { findings }: CheckReport): Promise<ReadonlyMap<Digest, string>> {
  const hidden = new Set(findings.filter(({ rule }) => isSecretRule(rule) || rule === 'document-unparsable').map(({ file }) => file));
  const excerpts = new Map<Digest, string>();
  const read = new Map<string, readonly string[]>();
  for (const finding of findings) {
    const { file } = finding;
    const lines = read.get(file) ?? (await linesOf(texts, file));
    read.set(file, lines);
    const line = lines[finding.line - 1]?.replace(/\r$/, '');
    const shown = line === undefined ? undefined : hidden.has(file) ? maskedLine(line, finding) : showableLine(line);
    if (shown !== undefined) excerpts.set(finding.fingerprint, shown);
  }
  return excerpts;
}

/** Not one in which a field that is wrong, or stands beside one, holds a secret. */
function showableLine(line: string): string | undefined {
  return showableValue(line, '') === line ? line : undefined;
}

async function linesOf(texts: TextFiles, file: string): Promise<readonly string[]> {
  const text = await texts.text(file);
  return text.kind === 'text' ? text.text.split('\n') : [];
}

const mask = '••••••';

/** `password: ••••••`, where the finding stands at that key; blanks for all that comes before it. */
function maskedLine(line: string, { rule, column, pointer }: Finding): string | undefined {
  const key = pointer
    .slice(pointer.lastIndexOf('/') + 1)
    .replaceAll('~1', '/')
    .replaceAll('~0', '~');
  if (!isSecretRule(rule) || key === '' || /^\d+$/.test(key)) return undefined;
  const rest = line.slice(column - 1);
  const found = [key, `"${key}"`, `'${key}'`].find((spelling) => rest.startsWith(spelling) && /^\s*[:=]/.test(rest.slice(spelling.length)));
  return found === undefined ? undefined : `${line.slice(0, column - 1).replace(/[^\t]/g, ' ')}${found}: ${mask}`;
}
