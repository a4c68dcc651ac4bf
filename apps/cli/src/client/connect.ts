import { apiClient, ApiError, problemOf, type ApiRequest, type Call, type Transport } from '@fairlead/api';
import { ForbiddenError, UpstreamError } from '@fairlead/domain';
import type { Terminal } from '../terminal.ts';
import { currentContext } from './context-file.ts';

const timeoutMs = 30_000;

/** The client of the server that is signed in to. Throws `ForbiddenError` where nobody is. */
export async function connect(terminal: Terminal): Promise<Call> {
  const { server, token } = await signedIn(terminal);
  return apiClient(httpTransport(server, token));
}

/** Asks for what isn't JSON; the answer's body is still on its way. Throws `ApiError` where the server says no. */
export async function download(terminal: Terminal, path: string): Promise<Response> {
  const { server, token } = await signedIn(terminal);
  const response = await fetch(new URL(path, server), { redirect: 'error', headers: { authorization: `Bearer ${token}` } }).catch(
    (error: unknown) => unreachable(server, error),
  );
  if (response.ok) return response;
  throw new ApiError(problemOf(response.status, jsonOf(await response.text())));
}

async function signedIn(terminal: Terminal): Promise<{ readonly server: string; readonly token: string }> {
  const context = await currentContext(terminal);
  if (context !== undefined) return context;
  throw new ForbiddenError('not-signed-in', 'not signed in to a server', {
    hint: 'fairlead login --link URL, or set FAIRLEAD_SERVER and FAIRLEAD_TOKEN',
  });
}

/** The client of a server that is named: of the token's person, or before anybody signed in. */
export function connectTo(server: string, token?: string): Call {
  return apiClient(httpTransport(server, token));
}

function httpTransport(server: string, token?: string): Transport {
  return async ({ method, path, body }: ApiRequest) => {
    const exchange = async (): Promise<{ readonly status: number; readonly text: string }> => {
      const response = await fetch(new URL(path, server), {
        method,
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
        headers: {
          accept: 'application/json, application/problem+json',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body }),
      });
      return { status: response.status, text: await response.text() };
    };
    const { status, text } = await exchange().catch((error: unknown) => unreachable(server, error));
    return { status, body: jsonOf(text) };
  };
}

function unreachable(server: string, error: unknown): never {
  throw new UpstreamError('server-unreachable', `no answer from ${server}: ${reasonOf(error)}`, {
    provider: 'fairlead',
    retryable: true,
    hint: 'is the server running? fairlead server',
    cause: error,
  });
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
