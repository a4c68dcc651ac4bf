import { chown, mkdir, readFile, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { InvalidError, UpstreamError } from '@fairlead/domain';
import { roles } from './access-rules.ts';
import { failureReason, isDiskFull } from './failure-reason.ts';
import { abandoned } from './process-status.ts';
import type { Programs } from './programs.ts';
import { runProgram } from './run-program.ts';
import type { ServerUser } from './server-user.ts';

/** Makes the data directory where there is none, and refuses one that isn't PostgreSQL's or is of another major version. */
export async function prepareDataDirectory(data: string, programs: Programs, user: ServerUser): Promise<void> {
  for (const left of await abandoned(dirname(data), basename(data))) await rm(join(dirname(data), left), { recursive: true, force: true });
  const found = (await majorOf(data)) ?? (await initialise(data, programs, user));
  if (found === String(programs.major)) return;
  throw new InvalidError(
    'data-directory-other-major',
    `data directory ${data} is of PostgreSQL ${found}, this Fairlead brings ${String(programs.major)}`,
    {
      hint: 'run "fairlead backup" with the Fairlead that wrote it, then "fairlead restore" with this one',
    },
  );
}

async function majorOf(data: string): Promise<string | undefined> {
  const version = await readFile(join(data, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (version !== undefined) return version.trim();
  const files = await readdir(data).catch(() => []);
  if (files.length === 0) return undefined;
  throw new InvalidError('data-directory-foreign', `data directory ${data} has files but isn't a PostgreSQL data directory`, {
    hint: 'choose an empty or new data directory',
  });
}

/** Beside and renamed at the end: a crash leaves nothing half made, and of two that start at once one wins. */
async function initialise(data: string, programs: Programs, { as }: ServerUser): Promise<string> {
  const partial = `${data}.new-${String(process.pid)}`;
  await mkdir(partial, { mode: 0o700 });
  try {
    if (as !== undefined) await chown(partial, as.uid, as.gid);
    const { code, errors } = await runProgram(join(programs.bin, 'initdb'), initdbOptions(partial), as);
    if (code !== 0) throw initialisationFailed(data, errors);
    await rename(partial, data).catch(async (error: unknown) => {
      if ((await majorOf(data)) === undefined) throw error;
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return String(programs.major);
}

function initdbOptions(directory: string): readonly string[] {
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  return [`--pgdata=${directory}`, `--username=${roles.superuser}`, '--auth=peer', '--no-instructions', ...locale];
}

function initialisationFailed(data: string, errors: string): UpstreamError {
  const reason = failureReason(errors);
  return new UpstreamError('postgres-failed', `can't make data directory ${data}: ${reason}`, {
    provider: 'postgres',
    retryable: false,
    ...(isDiskFull(reason) ? { hint: `free at least 100 MB on the file system of ${data}` } : {}),
  });
}
