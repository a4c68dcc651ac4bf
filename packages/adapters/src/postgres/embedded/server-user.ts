import { readFile, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';
import { InvalidError } from '@fairlead/domain';
import { unavailable } from './unavailable-error.ts';

export interface UserIds {
  readonly uid: number;
  readonly gid: number;
}

export interface ServerUser {
  /** The operating system's name of this process's user: the only one that may connect. */
  readonly supervisor: string;
  /** Whom the server runs as, where that isn't this process's user: PostgreSQL refuses root. */
  readonly as?: UserIds;
}

/** As root the server runs as the owner of its data, so that a directory may pass between root and a user; new data belongs to `nobody`. */
export async function serverUser(data: string): Promise<ServerUser> {
  const supervisor = ownName();
  const owner = await stat(data).catch(() => undefined);
  if (process.getuid?.() === 0) {
    const as = owner === undefined || owner.uid === 0 ? await idsOfNobody() : { uid: owner.uid, gid: owner.gid };
    return { supervisor, as };
  }
  if (owner !== undefined && owner.uid !== process.getuid?.())
    throw new InvalidError('data-directory-of-another-user', `data directory ${data} belongs to user ${String(owner.uid)}`, {
      hint: `run as that user or as root, or choose another data directory`,
    });
  return { supervisor };
}

function ownName(): string {
  try {
    return userInfo().username;
  } catch (error) {
    throw unavailable(`user ${String(process.getuid?.())} has no entry in /etc/passwd, without which PostgreSQL doesn't start`, error);
  }
}

async function idsOfNobody(): Promise<UserIds> {
  const passwd = await readFile('/etc/passwd', 'utf8');
  const [, uid, gid] = /^nobody:[^:]*:(\d+):(\d+):/m.exec(passwd) ?? [];
  if (uid === undefined || gid === undefined) throw unavailable('PostgreSQL refuses to run as root, and /etc/passwd has no user nobody');
  return { uid: Number(uid), gid: Number(gid) };
}

/** Throws `InvalidError` naming the first folder on the way that the server's user can't enter. */
export async function requireReachable(path: string, { as }: ServerUser): Promise<void> {
  if (as === undefined) return;
  const parent = dirname(path);
  if (parent !== path) await requireReachable(parent, { supervisor: '', as });
  const found = await stat(path).catch(() => undefined);
  if (found === undefined || mayEnter(found, as)) return;
  throw new InvalidError('directory-unreachable', `${path} is closed to user ${String(as.uid)}, which runs PostgreSQL`, {
    hint: `choose a directory below /var/lib, or open this one to passage: chmod o+x ${path}`,
  });
}

function mayEnter(found: { readonly uid: number; readonly gid: number; readonly mode: number }, as: UserIds): boolean {
  const bit = found.uid === as.uid ? 0o100 : found.gid === as.gid ? 0o010 : 0o001;
  return (found.mode & bit) !== 0;
}
