import { createHash, randomBytes } from 'node:crypto';
import { ForbiddenError } from '@fairlead/domain';
import { Role } from '@fairlead/api';
import type { EnginePorts, StoredToken } from '@fairlead/engine';

const day = 86_400_000;

interface NewToken {
  readonly user: string;
  readonly role: Role;
  readonly environments?: readonly string[] | undefined;
  readonly lifetimeMs: number;
  /** A one-time link's code: it opens nothing but a sign-in. */
  readonly once?: boolean;
}

export interface IssuedToken {
  readonly secret: string;
  readonly stored: StoredToken;
}

type Ports = Pick<EnginePorts, 'store' | 'clock' | 'ids'>;

/** Makes a token of 256 random bits; only its hash is stored. */
export async function issueToken(ports: Ports, request: NewToken): Promise<IssuedToken> {
  const issued = newToken(ports, request);
  await ports.store.transact((tx) => tx.write.tokens.insert(issued.stored));
  return issued;
}

function newToken({ clock, ids }: Pick<Ports, 'clock' | 'ids'>, request: NewToken): IssuedToken {
  const once = request.once ?? false;
  const secret = `${once ? 'fll' : 'flt'}_${randomBytes(32).toString('base64url')}`;
  const now = clock.now();
  const stored: StoredToken = {
    hash: hashOf(secret),
    id: ids.opaque(),
    user: request.user,
    role: request.role,
    ...(request.environments === undefined ? {} : { environments: request.environments }),
    createdAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + request.lifetimeMs).toISOString(),
    once,
  };
  return { secret, stored };
}

/** The token that a request carries; `absent` for one that is unknown, expired, or only a link's code. */
export async function findToken({ store, clock }: Pick<EnginePorts, 'store' | 'clock'>, secret: string): Promise<StoredToken | 'absent'> {
  const stored = await store.read((reader) => reader.tokens.byHash(hashOf(secret)));
  if (stored === 'absent' || stored.once || Date.parse(stored.expiresAt) <= clock.now().getTime()) return 'absent';
  return stored;
}

/** Trades a one-time code for a token of the same person. Exactly one of several callers gets it, and a link that is used up has given one. */
export async function redeemCode(ports: Ports, code: string, lifetimeMs = 30 * day): Promise<IssuedToken> {
  const hash = hashOf(code);
  const stored = await ports.store.read((reader) => reader.tokens.byHash(hash));
  const fresh = stored !== 'absent' && stored.once && Date.parse(stored.expiresAt) > ports.clock.now().getTime();
  if (!fresh) throw linkUsed();
  const issued = newToken(ports, { user: stored.user, role: roleOf(stored), environments: stored.environments, lifetimeMs });
  const removed = await ports.store.transact(async (tx) => {
    const outcome = await tx.write.tokens.remove(hash);
    if (outcome === 'removed') await tx.write.tokens.insert(issued.stored);
    return outcome;
  });
  if (removed === 'gone') throw linkUsed();
  return issued;
}

function linkUsed(): ForbiddenError {
  return new ForbiddenError('link-used', 'this sign-in link was used already, or is too old', {
    hint: 'restart the server for a new link, or ask an admin for a token',
  });
}

function roleOf(token: StoredToken): Role {
  return Role.parse(token.role);
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
