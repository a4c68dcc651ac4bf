import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Diagnosis } from './diagnosis.ts';

const name = 'git';
/** The first that merges without a work tree. */
const needed = [2, 38] as const;

export async function diagnoseGit(path: string | undefined): Promise<Diagnosis> {
  const answer = await promisify(execFile)('git', ['--version'], { env: { PATH: path, LC_ALL: 'C' }, timeout: 10_000 }).catch(
    () => undefined,
  );
  return judgeGit(answer?.stdout);
}

/** `said`: what `git --version` prints; nothing where it could not be started. */
export function judgeGit(said: string | undefined): Diagnosis {
  const fix = `install git ${needed.join('.')} or newer`;
  if (said === undefined) return { name, status: 'fail', detail: 'the git program could not be started', fix };
  const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(said) ?? [];
  const enough = Number(major) > needed[0] || (Number(major) === needed[0] && Number(minor) >= needed[1]);
  const detail = said.trim();
  return enough ? { name, status: 'ok', detail } : { name, status: 'fail', detail: `${detail} is too old`, fix };
}
