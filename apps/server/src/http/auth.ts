import type { EnginePorts } from '@fairlead/engine';
import type { FastifyRequest } from 'fastify';
import { RefusedError } from './problem.ts';
import { sessionOf, type Session } from './session.ts';
import { findToken } from './tokens.ts';

export const sessionCookie = 'fairlead_session';

/** Who sends the request: a bearer token, or on a read the page's cookie. A cookie never changes anything, so a foreign page can't act by it. */
export async function authenticate(ports: Pick<EnginePorts, 'store' | 'clock'>, request: FastifyRequest): Promise<Session> {
  const secret = bearerOf(request.headers.authorization) ?? (request.method === 'GET' ? cookieOf(request.headers.cookie) : undefined);
  const token = secret === undefined ? 'absent' : await findToken(ports, secret);
  if (token !== 'absent') return sessionOf(token);
  throw new RefusedError(
    {
      code: secret === undefined ? 'not-signed-in' : 'token-unknown',
      status: 401,
      message: secret === undefined ? 'not signed in' : 'the token is unknown or has expired',
    },
    { hint: 'fairlead login --link URL, with the link that the server prints at its start' },
  );
}

function bearerOf(header: string | undefined): string | undefined {
  return /^Bearer ([\w-]{20,200})$/.exec(header ?? '')?.[1];
}

function cookieOf(header: string | undefined): string | undefined {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([name]) => name === sessionCookie)?.[1];
}
