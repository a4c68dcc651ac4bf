import { generateKeyPairSync, sign } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import type { CheckResult } from '@fairlead/domain';
import type { HttpCheck } from '@fairlead/engine';
import { afterEach, expect, it } from 'vitest';
import { httpValidator } from './http-validator.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  closing.push(() => server.close());
  const address = server.address();
  return `127.0.0.1:${String(isInfo(address) ? address.port : 0)}`;
}

function isInfo(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}

async function check(listener: RequestListener, wanted: Partial<HttpCheck> = {}): Promise<CheckResult> {
  const place = await listen(createServer(listener));
  const validator = httpValidator({ guard: { allow: [place] } });
  return validator.check({ name: 'api', url: `http://${place}/healthz`, status: 200, ...wanted }, 10_000);
}

const healthy: RequestListener = (_request, response) => response.end('{"status":"ok"}');

it('passes where status, body and latency are as they should be', async () => {
  expect(await check(healthy, { bodyIncludes: '"ok"', maxLatencyMs: 9_999 })).toMatchObject({
    name: 'api',
    kind: 'http',
    verdict: 'passed',
    expected: 'status 200, a body with "\\"ok\\"", within 9999 ms',
    observed: 'status 200',
  });
});

it.each<{ readonly what: string; readonly listener: RequestListener; readonly wanted: Partial<HttpCheck>; readonly observed: RegExp }>([
  { what: 'the status', listener: (_request, response) => response.writeHead(503).end(), wanted: {}, observed: /^status 503, not 200$/ },
  {
    what: 'the body',
    listener: healthy,
    wanted: { bodyIncludes: 'ready' },
    observed: /^status 200, the expected text is not in the body of 15 bytes$/,
  },
  {
    what: 'a long body',
    listener: (_request, response) => response.end(Buffer.alloc(2_000_000)),
    wanted: { bodyIncludes: 'ready' },
    observed: /first 1 MiB/,
  },
  {
    what: 'a redirect',
    listener: (_request, response) => response.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
    wanted: {},
    observed: /^status 302, not 200 but a redirect, which is not followed$/,
  },
  {
    what: 'the latency',
    listener: (_request, response) => void setTimeout(() => response.end(), 20),
    wanted: { maxLatencyMs: 1 },
    observed: /^status 200, answered in \d+ ms$/,
  },
  {
    what: 'everything',
    listener: (_request, response) => void setTimeout(() => response.writeHead(500).end('no'), 20),
    wanted: { maxLatencyMs: 1, bodyIncludes: 'ok' },
    observed: /^status 500, not 200, the expected text .*, answered in/,
  },
])('fails for $what and says what was seen', async ({ listener, wanted, observed }) => {
  const result = await check(listener, wanted);

  expect(result.verdict).toBe('failed');
  expect(result.observed).toMatch(observed);
});

it('passes on a redirect that is expected', async () => {
  expect(await check((_request, response) => response.writeHead(301, { location: '/' }).end(), { status: 301 })).toMatchObject({
    verdict: 'passed',
  });
});

it('finds the text in the part of a long body that is read', async () => {
  const long: RequestListener = (_request, response) => response.end(Buffer.concat([Buffer.from('ready'), Buffer.alloc(2_000_000)]));

  expect(await check(long, { bodyIncludes: 'ready' })).toMatchObject({ verdict: 'passed' });
});

it('never shows the body', async () => {
  const result = await check((_request, response) => response.writeHead(500).end('password=hunter2'), { bodyIncludes: 'ok' });

  expect(JSON.stringify(result)).not.toContain('hunter2');
});

it('fails where nobody answers', async () => {
  const place = await listen(createServer((_request, response) => response.socket?.destroy()));
  const validator = httpValidator({ guard: { allow: [place] } });

  expect(await validator.check({ name: 'api', url: `http://${place}/`, status: 200 }, 10_000)).toMatchObject({
    verdict: 'failed',
    observed: 'socket hang up',
  });
});

it('reports a target that it may not call as an error, and does not call it', async () => {
  const asked: unknown[] = [];
  const place = await listen(createServer((request) => asked.push(request.url)));
  const validator = httpValidator({ guard: { allow: [] } });

  const results = await Promise.all(
    [`http://${place}/`, 'http://169.254.169.254/', 'file:///etc/passwd', 'nonsense'].map((url) =>
      validator.check({ name: 'api', url, status: 200 }, 10_000),
    ),
  );

  expect(results.map(({ verdict }) => verdict)).toEqual(['error', 'error', 'error', 'error']);
  expect(results[0]?.observed).toContain(`allow ${place} under 'guard'`);
  expect(asked).toEqual([]);
});

it('does not trust a certificate that nobody signed', async () => {
  const place = await listen(createTlsServer(selfSigned(), healthy));
  const validator = httpValidator({ guard: { allow: [place] } });

  expect(await validator.check({ name: 'api', url: `https://${place}/`, status: 200 }, 10_000)).toMatchObject({
    verdict: 'failed',
    observed: 'the certificate is not trusted: DEPTH_ZERO_SELF_SIGNED_CERT',
  });
});

/** A certificate made here: a key in the repository would have to be explained to every scanner. */
function selfSigned(): { readonly key: string; readonly cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const algorithm = der(0x30, der(0x06, Buffer.from([0x2b, 0x65, 0x70])));
  const name = der(0x30, der(0x31, der(0x30, der(0x06, Buffer.from([0x55, 0x04, 0x03])), der(0x0c, Buffer.from('loopback')))));
  const validity = der(0x30, der(0x17, Buffer.from('200101000000Z')), der(0x17, Buffer.from('491231235959Z')));
  const alternative = der(0x30, der(0x06, Buffer.from([0x55, 0x1d, 0x11])), der(0x04, der(0x30, der(0x87, Buffer.from([127, 0, 0, 1])))));
  const version = der(0xa0, der(0x02, Buffer.from([2])));
  const serial = der(0x02, Buffer.from([1]));
  const key = publicKey.export({ type: 'spki', format: 'der' });
  const body = der(0x30, version, serial, algorithm, name, validity, name, key, der(0xa3, der(0x30, alternative)));
  const cert = der(0x30, body, algorithm, der(0x03, Buffer.from([0]), sign(null, body, privateKey)));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${cert.toString('base64')}\n-----END CERTIFICATE-----\n`,
  };
}

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const length =
    content.length < 0x80
      ? [content.length]
      : content.length < 0x100
        ? [0x81, content.length]
        : [0x82, content.length >> 8, content.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}
