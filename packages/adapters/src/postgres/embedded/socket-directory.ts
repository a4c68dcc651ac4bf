import { createHash } from 'node:crypto';
import { chmod, chown, lstat, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { InvalidError } from '@fairlead/domain';
import { requireReachable, type ServerUser } from './server-user.ts';

/** PostgreSQL names the socket after its port, which means nothing else here. */
export const socketPort = 5432;

/** `sun_path` has 108 bytes, one of them for the end. */
const longestPath = 107;

/** The folder of the server's socket. It follows from the data directory, so that connections made before a restart find the server after it. */
export async function prepareSocketDirectory(runtimeDir: string, data: string, user: ServerUser): Promise<string> {
  const directory = join(runtimeDir, createHash('sha256').update(data).digest('hex').slice(0, 12));
  const bytes = Buffer.byteLength(join(directory, `.s.PGSQL.${String(socketPort)}`));
  if (bytes > longestPath)
    throw new InvalidError(
      'socket-path-too-long',
      `socket path in ${directory} has ${String(bytes)} bytes, the system allows ${String(longestPath)}`,
      {
        hint: 'set a shorter runtime directory',
      },
    );
  await mkdir(runtimeDir, { recursive: true, mode: user.as === undefined ? 0o700 : 0o711 });
  await requireReachable(runtimeDir, user);
  await mkdir(directory, { mode: 0o700 }).then(
    () => (user.as === undefined ? undefined : chown(directory, user.as.uid, user.as.gid)),
    () => undefined,
  );
  await requireOwn(directory, user.as?.uid ?? process.getuid?.() ?? 0);
  await chmod(directory, 0o700);
  return directory;
}

/** The runtime directory may be open to all, and the name can be guessed. */
async function requireOwn(directory: string, uid: number): Promise<void> {
  const found = await lstat(directory);
  if (found.isDirectory() && found.uid === uid) return;
  throw new InvalidError('socket-directory-foreign', `${directory} isn't a folder of user ${String(uid)}`, {
    hint: 'remove it, or set a runtime directory that only you can write',
  });
}
