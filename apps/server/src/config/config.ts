import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { Installation, InvalidError, readInstallation } from '@fairlead/domain';
import type { Environment } from './env.ts';

/** What the command line adds to, or says instead of, a configuration file. */
export interface ServerFlags {
  readonly config?: string | undefined;
  readonly data?: string | undefined;
  readonly listen?: string | undefined;
  readonly repositories?: readonly string[];
  readonly branch?: string | undefined;
  readonly clusters?: readonly string[];
  readonly allow?: readonly string[];
}

/** The installation from file and flags, every problem at once. Throws `InvalidError` (`configuration-invalid`). */
export async function loadInstallation(flags: ServerFlags, env: Environment): Promise<Installation> {
  const path = flags.config ?? env.config;
  const fromFile =
    path === undefined ? Installation.parse({ apiVersion: 'fairlead.dev/v1', kind: 'Installation' }) : await readFileAt(path);
  const { spec } = fromFile;
  const added = {
    ...spec,
    ...(flags.listen === undefined ? {} : { listen: flags.listen }),
    ...(flags.data === undefined ? {} : { dataDir: resolve(env.workingDirectory, flags.data) }),
    repositories: [...spec.repositories, ...(flags.repositories ?? []).map((flag) => repositoryOf(flag, flags.branch ?? 'main'))],
    clusters: [...spec.clusters, ...(flags.clusters ?? []).map((flag) => clusterOf(flag, env))],
    guard: { allow: [...spec.guard.allow, ...(flags.allow ?? [])] },
  };
  const whole = Installation.safeParse({ ...fromFile, spec: added });
  if (whole.success) return whole.data;
  const problems = whole.error.issues.map(({ path: at, message }) => `${at.slice(1).join('.')}: ${message}`);
  throw new InvalidError('configuration-invalid', problems.join('; '), { hint: 'correct the flags: fairlead server --help' });
}

async function readFileAt(path: string): Promise<Installation> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new InvalidError('configuration-invalid', `can't read ${path}: ${error instanceof Error ? error.message : 'unknown fault'}`);
  });
  const read = readInstallation(text, path);
  if (read.kind === 'ok') return read.value;
  const lines = read.problems.map(({ file, line, column, message }) => `${file}:${String(line)}:${String(column)}: ${message}`);
  throw new InvalidError('configuration-invalid', lines.join('\n'));
}

function repositoryOf(flag: string, branch: string): unknown {
  const [name, url] = pair(flag, '--repository NAME=URL');
  return { name, url, branch };
}

function clusterOf(flag: string, { workingDirectory }: Environment): unknown {
  const [name, path] = pair(flag, '--cluster NAME=KUBECONFIG');
  return { name, kubeconfig: `file:${resolve(workingDirectory, path)}` };
}

function pair(flag: string, form: string): readonly [string, string] {
  const at = flag.indexOf('=');
  if (at > 0 && at < flag.length - 1) return [flag.slice(0, at), flag.slice(at + 1)];
  throw new InvalidError('configuration-invalid', `${JSON.stringify(flag)} is not ${form}`, { hint: `give it as ${form}` });
}

/** Where the server keeps its state. */
export function dataDirOf({ spec }: Installation, env: Environment): string {
  if (spec.dataDir !== undefined) return spec.dataDir;
  if (env.dataDir !== undefined) return env.dataDir;
  if (env.isRoot) return '/var/lib/fairlead/data';
  return join(env.xdgDataHome ?? join(homedir(), '.local', 'share'), 'fairlead');
}
