import { z } from 'zod';
import { httpClient, type HttpAnswer } from '../http/index.ts';
import type { AuthChallenge } from './auth-challenge.ts';
import { basicHeader, type Credential } from './credential.ts';
import { registryDenied, registryFault } from './registry-fault.ts';
import { registryGuard } from './registry-guard.ts';
import type { RegistryPlace } from './registry-host.ts';

export interface AuthRequest {
  readonly place: RegistryPlace;
  readonly actions: 'pull' | 'pull,push';
  readonly challenge: AuthChallenge;
  readonly credential: Credential | 'none';
  readonly timeoutMs: number;
}

/** The header that meets the challenge (distribution spec, token authentication); nothing where nobody is signed in and that is needed. */
export async function authorize(request: AuthRequest): Promise<string | undefined> {
  const { challenge, credential } = request;
  if (credential !== 'none' && credential.kind === 'registry-token') return `Bearer ${credential.token}`;
  if (challenge.kind === 'bearer') return `Bearer ${await fetchToken(request, challenge)}`;
  return credential !== 'none' && credential.kind === 'password' ? basicHeader(credential) : undefined;
}

const Token = z.object({ token: z.string().min(1).optional(), access_token: z.string().min(1).optional() });
const tokenBytes = 64 * 1024;

async function fetchToken(request: AuthRequest, challenge: Extract<AuthChallenge, { kind: 'bearer' }>): Promise<string> {
  const { place, credential } = request;
  const realm = URL.parse(challenge.realm);
  if (realm === null) throw registryFault('registry-unexpected', place.name, `it asks to sign in at no address: ${challenge.realm}`);
  const { host } = realm;
  const answer = await askFor(request, { ...challenge, realm });
  switch (answer.kind) {
    case 'refused':
      throw registryFault('registry-refused', place.name, `signing in at ${host}: ${answer.reason}`);
    case 'failed':
      throw registryFault('registry-unreachable', place.name, `signing in at ${host}: ${answer.reason}`);
    case 'answered':
      break;
  }
  if (answer.status === 401 || answer.status === 403) throw registryDenied(place.name, place.path, credential !== 'none');
  if (answer.status === 429) throw registryFault('registry-rate-limited', place.name, `${host} gives no more tokens for now`);
  const token = answer.status === 200 ? tokenIn(answer.body) : undefined;
  if (token === undefined)
    throw registryFault('registry-unexpected', place.name, `${host} answered ${String(answer.status)} without a token`);
  return token;
}

/** What can't stand in a header is no token. */
function tokenIn(body: Uint8Array): string | undefined {
  const parsed = Token.safeParse(parseJson(body));
  const found = parsed.success ? (parsed.data.token ?? parsed.data.access_token) : undefined;
  return found !== undefined && /^[\x21-\x7e]+$/.test(found) ? found : undefined;
}

function askFor(
  { place, actions, credential, timeoutMs }: AuthRequest,
  { realm, service, scope }: { readonly realm: URL; readonly service?: string; readonly scope?: string },
): Promise<HttpAnswer> {
  const client = httpClient({ guard: registryGuard(new URL(place.origin)) });
  const fields = new URLSearchParams(realm.search);
  if (service !== undefined) fields.set('service', service);
  fields.set('scope', scope ?? `repository:${place.path}:${actions}`);
  const limits = { timeoutMs, maxBodyBytes: tokenBytes };
  if (credential !== 'none' && credential.kind === 'identity-token') {
    fields.set('grant_type', 'refresh_token');
    fields.set('refresh_token', credential.token);
    fields.set('client_id', 'fairlead');
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return client.send({ url: new URL(realm.pathname, realm).href, method: 'POST', headers, body: fields.toString(), ...limits });
  }
  const signedIn = credential !== 'none' && credential.kind === 'password' ? { authorization: basicHeader(credential) } : {};
  const url = new URL(realm);
  url.search = fields.toString();
  return client.send({ url: url.href, headers: signedIn, ...limits });
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
}
