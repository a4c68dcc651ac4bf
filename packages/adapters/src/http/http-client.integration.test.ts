import { createServer } from 'node:http';
import { createServer as createSocketServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { httpClient, type HttpAnswer, type HttpRequest } from './http-client.ts';
import { targetGuard } from './target-guard.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  closing.push(() => server.close());
  const address = server.address();
  return isInfo(address) ? address.port : 0;
}

function isInfo(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}

function send(port: number, request: Partial<HttpRequest> = {}): Promise<HttpAnswer> {
  const guard = targetGuard({ allow: [`127.0.0.1:${String(port)}`] });
  return httpClient({ guard }).send({ url: `http://127.0.0.1:${String(port)}/x`, timeoutMs: 10_000, ...request });
}

function saying(kind: HttpAnswer['kind'], reason: RegExp): (answer: HttpAnswer) => boolean {
  return (answer) => answer.kind === kind && answer.kind !== 'answered' && reason.test(answer.reason);
}

describe('an answer', () => {
  it('has status, headers and body, whatever the status says', async () => {
    const port = await listen(createServer((_request, response) => response.writeHead(503, { 'retry-after': '7' }).end('busy')));

    const answer = await send(port);

    expect(answer).toMatchObject({ kind: 'answered', status: 503, headers: { 'retry-after': '7' }, truncated: false });
    expect(answer.kind === 'answered' && Buffer.from(answer.body).toString()).toBe('busy');
  });

  it('may be a redirect: nobody goes there', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(302, { location: '/elsewhere' }).end();
    });

    const answer = await send(await listen(server));

    expect(answer).toMatchObject({ kind: 'answered', status: 302, headers: { location: '/elsewhere' } });
    expect(asked).toEqual(['/x']);
  });

  it('is cut off at the limit', async () => {
    const port = await listen(createServer((_request, response) => response.end('0123456789')));

    const answers = await Promise.all([4, 10].map((maxBodyBytes) => send(port, { maxBodyBytes })));

    expect(answers.map((answer) => answer.kind === 'answered' && [Buffer.from(answer.body).toString(), answer.truncated])).toEqual([
      ['0123', true],
      ['0123456789', false],
    ]);
  });

  it('ends at the limit of a body that never does', async () => {
    const server = createServer((_request, response) => {
      const more = (): void => {
        while (response.write(Buffer.alloc(65_536))) continue;
      };
      response.on('drain', more);
      more();
    });

    const answer = await send(await listen(server));

    expect(answer.kind === 'answered' && [answer.body.length, answer.truncated]).toEqual([1024 * 1024, true]);
  });

  it('comes to what was sent', async () => {
    const server = createServer((request, response) => {
      request.pipe(response.writeHead(200, { 'x-method': request.method, 'x-header': request.headers['x-header'] }));
    });

    const answer = await send(await listen(server), { method: 'POST', headers: { 'x-header': 'y' }, body: 'hello' });

    expect(answer).toMatchObject({ status: 200, headers: { 'x-method': 'POST', 'x-header': 'y' } });
    expect(answer.kind === 'answered' && Buffer.from(answer.body).toString()).toBe('hello');
  });
});

describe('no answer', () => {
  it('is a failure where nobody listens', async () => {
    const free = createSocketServer();
    const port = await listen(free);
    await new Promise((resolve) => free.close(resolve));

    expect(await send(port)).toSatisfy(saying('failed', /ECONNREFUSED/));
  });

  it('is a failure after the deadline', async () => {
    const silent = createSocketServer((socket) => socket.on('error', () => undefined));

    expect(await send(await listen(silent), { timeoutMs: 50 })).toMatchObject({ kind: 'failed', reason: 'no whole answer within 50 ms' });
  });

  it('is a failure after the deadline, also in the middle of a body', async () => {
    const server = createServer((_request, response) => response.writeHead(200, { 'content-length': '10' }).write('half'));

    expect(await send(await listen(server), { timeoutMs: 200 })).toMatchObject({ kind: 'failed', reason: 'no whole answer within 200 ms' });
  });

  it('is a failure where the name takes too long', async () => {
    const guard = targetGuard({ allow: [], resolve: () => new Promise(() => undefined) });
    const answer = await httpClient({ guard }).send({ url: 'http://slow.example.com/', timeoutMs: 20 });

    expect(answer).toMatchObject({ kind: 'failed', reason: 'no whole answer within 20 ms' });
  });

  it('is a failure where the name is unknown, or something else than HTTP answers', async () => {
    const guard = targetGuard({ allow: [], resolve: () => Promise.resolve([]) });
    const port = await listen(createSocketServer((socket) => socket.end('SSH-2.0-x\r\n')));

    expect(await httpClient({ guard }).send({ url: 'http://nowhere.example.com/', timeoutMs: 10_000 })).toMatchObject({
      kind: 'failed',
      reason: 'the name nowhere.example.com has no address',
    });
    expect(await send(port)).toSatisfy(saying('failed', /Parse Error/));
  });
});

describe('the guard', () => {
  it('keeps the request at home', async () => {
    const asked: string[] = [];
    const port = await listen(createServer((request, response) => response.end(asked.push(request.url ?? ''))));

    const refused = await httpClient({ guard: targetGuard({ allow: [] }) }).send({
      url: `http://127.0.0.1:${String(port)}/`,
      timeoutMs: 10_000,
    });

    expect(refused).toSatisfy(saying('refused', /loopback or private/));
    expect(asked).toEqual([]);
    expect(await httpClient({ guard: targetGuard({ allow: [] }) }).send({ url: 'not a url', timeoutMs: 1 })).toMatchObject({
      kind: 'refused',
    });
  });

  it('connects to the address that was checked and resolves the name once, so it can not be led elsewhere', async () => {
    const hosts: string[] = [];
    const port = await listen(createServer((request, response) => response.end(String(hosts.push(request.headers.host ?? '')))));
    const answers = ['127.0.0.1', '169.254.169.254'];
    const resolved: string[] = [];
    const resolve = (host: string): Promise<readonly { readonly address: string }[]> => {
      resolved.push(host);
      return Promise.resolve(answers.splice(0, 1).map((address) => ({ address })));
    };
    const place = `rebind.example.com:${String(port)}`;

    const answer = await httpClient({ guard: targetGuard({ allow: [place], resolve }) }).send({
      url: `http://${place}/`,
      timeoutMs: 10_000,
    });

    expect(answer).toMatchObject({ kind: 'answered', status: 200 });
    expect(hosts).toEqual([place]);
    expect(resolved).toEqual(['rebind.example.com']);
  });
});
