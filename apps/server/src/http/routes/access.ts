import type { EnginePorts } from '@fairlead/engine';
import { Role } from '@fairlead/api';
import type { Handlers } from '../handler.ts';
import { issueToken, redeemCode, type IssuedToken } from '../tokens.ts';

const day = 86_400_000;

export function accessHandlers(ports: EnginePorts): Pick<Handlers, 'createToken' | 'signIn' | 'whoami'> {
  return {
    async createToken({ body }) {
      const { user, role, environments, days } = body;
      return created(await issueToken(ports, { user, role, environments, lifetimeMs: (days ?? 30) * day }));
    },

    async signIn({ body }) {
      return created(await redeemCode(ports, body.code));
    },

    whoami({ session }) {
      const { user, role, environments, expiresAt } = session;
      return Promise.resolve({ user, role, expiresAt, ...(environments === undefined ? {} : { environments: [...environments] }) });
    },
  };
}

function created({ secret, stored }: IssuedToken): Awaited<ReturnType<Handlers['signIn']>> {
  const { id, user, environments, expiresAt } = stored;
  return {
    id,
    user,
    role: Role.parse(stored.role),
    expiresAt,
    token: secret,
    ...(environments === undefined ? {} : { environments: [...environments] }),
  };
}
