import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { digestOfBytes } from '@fairlead/domain';

interface PlayedRequest {
  readonly method: string;
  /** With its query. */
  readonly url: string;
  readonly authorization?: string;
}

export interface PlayedOptions {
  /** What it asks callers to sign in with: `bob` and `secret-of-bob`. */
  readonly auth?: 'bearer' | 'basic';
  /** Whether it has the referrers API. */
  readonly referrers?: boolean;
  /** Answers instead of the registry; `false` leaves the request to it. */
  readonly intercept?: (request: PlayedRequest, response: ServerResponse) => boolean;
}

/** A registry in memory that speaks the distribution spec over HTTP, faults included. */
export interface PlayedRegistry extends AsyncDisposable {
  /** `127.0.0.1:port` */
  readonly host: string;
  readonly requests: readonly PlayedRequest[];
}

interface Content {
  readonly type: string;
  readonly bytes: Buffer;
}

interface World {
  readonly options: PlayedOptions;
  readonly requests: PlayedRequest[];
  /** By repository and digest or tag. */
  readonly manifests: Map<string, Content>;
  readonly blobs: Map<string, Buffer>;
}

const password = `Basic ${Buffer.from('bob:secret-of-bob').toString('base64')}`;
const token = 'token-of-bob';

export async function playedRegistry(options: PlayedOptions = {}): Promise<PlayedRegistry> {
  const world: World = { options, requests: [], manifests: new Map(), blobs: new Map() };
  const server = createServer((request, response) => {
    answer(world, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    host: `127.0.0.1:${String(port)}`,
    requests: world.requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const played = playedRequest(request);
  world.requests.push(played);
  const body = await buffer(request);
  if (world.options.intercept?.(played, response) === true) return;
  const { pathname, searchParams } = new URL(played.url, 'http://registry');
  if (pathname === '/token') {
    giveToken(played, response);
    return;
  }
  const challenge = challengeFor(world, played, String(request.headers.host));
  if (challenge !== undefined) {
    end(response, 401, { headers: { 'www-authenticate': challenge } });
    return;
  }
  const [, repository = '', kind = '', reference = ''] = /^\/v2\/(.+)\/(manifests|blobs|referrers|tags)\/(.+)$/.exec(pathname) ?? [];
  const type = String(request.headers['content-type']);
  serve(kind, { world, method: played.method, repository, reference, body, type, searchParams, response });
}

function playedRequest({ method = '', url = '', headers: { authorization } }: IncomingMessage): PlayedRequest {
  return { method, url, ...(authorization === undefined ? {} : { authorization }) };
}

function serve(kind: string, call: Call): void {
  switch (kind) {
    case 'manifests':
      onManifest(call);
      break;
    case 'blobs':
      onBlob(call);
      break;
    case 'tags':
      onTags(call);
      break;
    case 'referrers':
      onReferrers(call);
      break;
    default:
      end(call.response, 404);
  }
}

interface Call {
  readonly world: World;
  readonly method: string;
  readonly repository: string;
  readonly reference: string;
  readonly body: Buffer;
  readonly type: string;
  readonly searchParams: URLSearchParams;
  readonly response: ServerResponse;
}

function giveToken({ authorization }: PlayedRequest, response: ServerResponse): void {
  if (authorization === password) end(response, 200, { bytes: Buffer.from(JSON.stringify({ token })) });
  else end(response, 401);
}

/** None where the caller is signed in. */
function challengeFor({ options: { auth } }: World, { authorization }: PlayedRequest, host: string): string | undefined {
  if (auth === undefined || authorization === (auth === 'basic' ? password : `Bearer ${token}`)) return undefined;
  return auth === 'basic' ? 'Basic realm="played"' : `Bearer realm="http://${host}/token",service="played"`;
}

function onManifest({ world: { manifests, options }, method, repository, reference, body, type, response }: Call): void {
  if (method === 'PUT') {
    const digest = digestOfBytes(body);
    manifests.set(`${repository} ${digest}`, { type, bytes: body });
    manifests.set(`${repository} ${reference}`, { type, bytes: body });
    const subject = options.referrers === true && body.includes('"subject"') ? { 'oci-subject': 'sha256:' } : {};
    end(response, 201, { headers: { 'docker-content-digest': digest, ...subject } });
    return;
  }
  const known = manifests.get(`${repository} ${reference}`);
  if (known === undefined) end(response, 404);
  else
    end(response, 200, {
      headers: { 'content-type': known.type, 'docker-content-digest': digestOfBytes(known.bytes) },
      bytes: known.bytes,
    });
}

function onBlob({ world: { blobs }, method, repository, reference, body, searchParams, response }: Call): void {
  if (method === 'POST') {
    end(response, 202, { headers: { location: `/v2/${repository}/blobs/uploads/1?state=x` } });
    return;
  }
  if (method === 'PUT') {
    const right = searchParams.get('digest') === digestOfBytes(body);
    if (right) blobs.set(`${repository} ${digestOfBytes(body)}`, body);
    end(response, right ? 201 : 400);
    return;
  }
  const known = blobs.get(`${repository} ${reference}`);
  end(response, known === undefined ? 404 : 200, known === undefined ? {} : { bytes: known });
}

function onReferrers({ world: { manifests, options }, repository, reference, response }: Call): void {
  if (options.referrers !== true) {
    end(response, 404);
    return;
  }
  const entries = [...manifests].filter(([key, { bytes }]) => {
    return key.startsWith(`${repository} sha256:`) && bytes.includes('"subject"') && bytes.includes(reference);
  });
  const list = entries.map(([key, { type, bytes }]) => ({ mediaType: type, digest: key.split(' ')[1], size: bytes.length }));
  const headers = { 'content-type': 'application/vnd.oci.image.index.v1+json' };
  end(response, 200, { headers, bytes: Buffer.from(JSON.stringify({ schemaVersion: 2, manifests: list })) });
}

/** One tag a page, so that paging is always played. */
function onTags({ world: { manifests }, repository, searchParams, response }: Call): void {
  const keys = [...manifests.keys()].filter((key) => key.startsWith(`${repository} `) && !key.includes('sha256:'));
  const tags = keys.map((key) => key.slice(repository.length + 1)).toSorted();
  const at = Number(searchParams.get('at') ?? '0');
  const link = at + 1 < tags.length ? { link: `</v2/${repository}/tags/list?at=${String(at + 1)}>; rel="next"` } : {};
  if (tags.length === 0) end(response, 404);
  else end(response, 200, { headers: link, bytes: Buffer.from(JSON.stringify({ name: repository, tags: tags.slice(at, at + 1) })) });
}

interface Answer {
  readonly headers?: Readonly<Record<string, string>>;
  readonly bytes?: Buffer;
}

function end(response: ServerResponse, status: number, { headers = {}, bytes }: Answer = {}): void {
  response.writeHead(status, headers).end(bytes);
}
