import {
  builtInPolicy,
  documentFinding,
  documentText,
  readPolicyException,
  type Finding,
  type Problem,
  type WrittenException,
} from '@fairlead/domain';
import type { PathTree } from '../ports/file-snapshot.ts';
import { loadService } from '../service/load-service.ts';

export interface WrittenExceptions {
  readonly exceptions: readonly WrittenException[];
  /** What is wrong with documents: such an exception excuses nothing. */
  readonly findings: readonly Finding[];
}

const place = /^(?:(.*)\/)?\.fairlead\/exceptions\/[^/]+\.(?:ya?ml|json)$/;

/** Every exception that lies in the tree, in `.fairlead/exceptions` of a service root or of a folder that is none. */
export async function writtenExceptions(files: PathTree): Promise<WrittenExceptions> {
  const listed = await files.files('');
  const exceptions: WrittenException[] = [];
  const problems: Problem[] = [];
  for (const { path } of listed === 'absent' ? [] : listed) {
    const root = place.exec(path)?.[1] ?? '';
    if (!place.test(path)) continue;
    const read = await readAt(files, path);
    if (read === undefined) continue;
    if (read.kind === 'invalid') {
      problems.push(...read.problems);
      continue;
    }
    const exception: WrittenException = { document: read.value, file: path, root, expiry: read.lines.valueAt('/spec/expiresAt') };
    const tooLong = lastsTooLong(exception, await maxDurationMs(files, root));
    if (tooLong === undefined) exceptions.push(exception);
    else problems.push(tooLong);
  }
  return { exceptions, findings: problems.map((problem) => documentFinding(problem)) };
}

async function readAt(files: PathTree, path: string): Promise<ReturnType<typeof readPolicyException> | undefined> {
  const answer = await files.look(path);
  if (answer.kind !== 'file') return undefined;
  const text = documentText(answer.bytes, path);
  return text.kind === 'text' ? readPolicyException(text.text, path) : { kind: 'invalid', stage: 'syntax', problems: text.problems };
}

async function maxDurationMs(files: PathTree, root: string): Promise<number> {
  const marker = await files.look(root === '' ? '.fairlead/service.yaml' : `${root}/.fairlead/service.yaml`);
  const service = marker.kind === 'file' ? await loadService(files, root) : undefined;
  return (service?.kind === 'ok' ? service.policy : builtInPolicy).exceptions.maxDurationMs;
}

function lastsTooLong({ document, file, expiry }: WrittenException, maxMs: number): Problem | undefined {
  const { notBefore, expiresAt } = document.spec;
  const dayMs = 24 * 60 * 60 * 1_000;
  const lastsMs = Date.parse(expiresAt) - Date.parse(notBefore);
  if (lastsMs <= maxMs) return undefined;
  return {
    code: 'broken-rule',
    message: `the exception lasts ${days(lastsMs / dayMs)}; the policy allows ${days(maxMs / dayMs)}`,
    hint: 'end it earlier, or change spec.exceptions.maxDuration of the policy',
    file,
    ...expiry,
    pointer: '/spec/expiresAt',
  };
}

function days(count: number): string {
  const rounded = Math.ceil(count * 10) / 10;
  return `${String(rounded)} ${rounded === 1 ? 'day' : 'days'}`;
}
