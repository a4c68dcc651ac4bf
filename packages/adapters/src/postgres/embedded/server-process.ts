import { spawn, type ChildProcess } from 'node:child_process';
import { isMainThread } from 'node:worker_threads';
import { join } from 'node:path';
import { InvariantError, UpstreamError, type FairleadError } from '@fairlead/domain';
import type { AccessRules } from './access-rules.ts';
import { failureReason, isDiskFull } from './failure-reason.ts';
import { inUse, markOfSupervisor } from './left-over-server.ts';
import type { Programs } from './programs.ts';
import { programEnvironment } from './run-program.ts';
import type { ServerUser } from './server-user.ts';
import { unavailable } from './unavailable-error.ts';

export interface Launch {
  readonly programs: Programs;
  readonly data: string;
  readonly socketDirectory: string;
  readonly access: AccessRules;
  readonly user: ServerUser;
  readonly settings: Readonly<Record<string, string>>;
}

/** Why the server ended, in one line. */
export interface ServerExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly reason: string;
}

export interface ServerProcess {
  readonly child: ChildProcess;
  readonly exited: Promise<ServerExit>;
}

const lockTaken = 77;
/** Sessions outlive a killed server for a moment, and hold its lock. */
const lockWaitSeconds = '3';
const ready = 'database system is ready to accept connections';
const keptLog = 8192;

/** Starts the server and waits until it accepts connections.
 *  `flock` holds the data for as long as any process of the server lives, also against one that /proc doesn't show (another container); `setpriv` ends the server when this process dies. */
export async function launchServer(launch: Launch): Promise<ServerProcess> {
  // The signal follows the thread that started the child, and a worker's ends before its process.
  if (!isMainThread) throw new InvariantError('not-main-thread', 'a server is started from the main thread');
  const lock = ['--no-fork', '--timeout', lockWaitSeconds, '--conflict-exit-code', String(lockTaken), join(launch.data, 'fairlead.lock')];
  const words = [
    ...lock,
    'setpriv',
    '--pdeathsig',
    'INT',
    join(launch.programs.bin, 'postgres'),
    '-D',
    launch.data,
    ...settingWords(launch),
  ];
  const child = spawn('flock', words, {
    ...launch.user.as,
    cwd: '/',
    env: programEnvironment,
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  let log = '';
  const exited = new Promise<ServerExit>((done) => {
    child.on('error', (error) => {
      done({ code: null, signal: null, reason: error.message });
    });
    child.on('close', (code, signal) => {
      done({ code, signal, reason: failureReason(log) });
    });
  });
  const started = new Promise<void>((done) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-keptLog);
      if (log.includes(ready)) done();
    });
  });
  const outcome = await Promise.race([started, exited]);
  if (outcome !== undefined) throw startFailed(launch.data, outcome);
  return { child, exited };
}

function settingWords({ socketDirectory, access, settings }: Launch): readonly string[] {
  const all = {
    ...settings,
    cluster_name: markOfSupervisor(process.pid),
    listen_addresses: '',
    unix_socket_directories: socketDirectory,
    unix_socket_permissions: '0700',
    hba_file: access.hbaFile,
    ident_file: access.identFile,
    logging_collector: 'off',
    log_min_messages: 'warning',
    lc_messages: 'C',
    ssl: 'off',
  };
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

function startFailed(data: string, { code, signal, reason }: ServerExit): FairleadError {
  if (code === lockTaken) return inUse(data, 'a process that is not visible from here, for instance in another container');
  if (/lock file .* already exists/.test(reason)) return inUse(data, 'another process that started just now');
  if (code === null && signal === null) return unavailable(`can't run flock, a program of util-linux: ${reason}`);
  return new UpstreamError('postgres-failed', `PostgreSQL ended while starting on ${data}: ${reason}`, {
    provider: 'postgres',
    retryable: false,
    ...(isDiskFull(reason) ? { hint: `free space on the file system of ${data}; it recovers by itself` } : {}),
  });
}
