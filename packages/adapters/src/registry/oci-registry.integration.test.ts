import { randomUUID } from 'node:crypto';
import { digestOfBytes, ImageRepository } from '@fairlead/domain';
import { pushImage, registryContract } from '@fairlead/engine/testing';
import { afterEach, describe, expect, it } from 'vitest';
import type { FindCredential } from './credential.ts';
import { ociRegistry } from './oci-registry.ts';
import type { OciRegistryOptions } from './options.ts';
import { playedRegistry, type PlayedOptions, type PlayedRegistry } from './testing/played-registry.ts';

const bob: FindCredential = () => Promise.resolve({ kind: 'password', user: 'bob', password: 'secret-of-bob' });
const quick: OciRegistryOptions = { retry: { firstWaitMs: 1 } };

describe.each([
  ['an open registry', {}],
  ['a registry with an API for referrers', { referrers: true }],
  ['a registry that gives tokens', { auth: 'bearer' }],
  ['a registry that takes passwords', { auth: 'basic' }],
] as const)('%s', (_name, options) => {
  it.each(Object.entries(registryContract))('%s', async (_, run) => {
    const { host } = await play(options);
    const registry = ociRegistry({ ...quick, credentials: bob });

    await run({ registry, repository: ImageRepository.parse(`${host}/team/${randomUUID()}`) }, (actual, expected) => {
      expect(actual).toEqual(expected);
    });
  });
});

const open: AsyncDisposable[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server[Symbol.asyncDispose]();
});

async function play(options: PlayedOptions = {}): Promise<PlayedRegistry> {
  const played = await playedRegistry(options);
  open.push(played);
  return played;
}

function repositoryAt({ host }: PlayedRegistry): ImageRepository {
  return ImageRepository.parse(`${host}/shop/api`);
}

/** Answers the first `times` calls of a manifest otherwise. */
function first(
  times: number,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): PlayedOptions & { readonly count: () => number } {
  const seen = { count: 0 };
  return {
    count: () => seen.count,
    intercept({ method, url }, response) {
      if (method !== 'GET' || !url.includes('/manifests/')) return false;
      seen.count += 1;
      if (seen.count > times) return false;
      response.writeHead(status, headers).end();
      return true;
    },
  };
}

describe('a registry that asks for patience', () => {
  it.each([
    [429, { 'retry-after': '0' }],
    [503, {}],
    [500, {}],
  ])('with %i is asked again', async (status, headers) => {
    const faults = first(2, status, headers);
    const played = await play(faults);
    const registry = ociRegistry(quick);
    const { digest } = await pushImage(registry, { image: `${repositoryAt(played)}:1` });

    expect(await registry.manifest({ repository: repositoryAt(played), reference: '1' })).toMatchObject({ digest });
    expect(faults.count()).toBe(3);
  });

  it('for longer than anybody waits is given up at once', async () => {
    const faults = first(9, 429, { 'retry-after': '3600' });
    const played = await play(faults);

    const reading = ociRegistry().manifest({ repository: repositoryAt(played), reference: '1' });

    await expect(reading).rejects.toThrow('asks to wait 3600 s');
    expect(faults.count()).toBe(1);
  });

  it('for ever is given up after some attempts', async () => {
    const faults = first(9, 502);
    const played = await play(faults);

    const reading = ociRegistry(quick).manifest({ repository: repositoryAt(played), reference: '1' });

    await expect(reading).rejects.toMatchObject({ code: 'registry-failed', retryable: true });
    expect(faults.count()).toBe(4);
  });
});

describe('a registry that lies', () => {
  const lie = (body: string, headers: Readonly<Record<string, string>> = {}): PlayedOptions => ({
    intercept({ method }, response) {
      if (method === 'GET') response.writeHead(200, headers).end(body);
      return method === 'GET';
    },
  });
  const digest = digestOfBytes(Buffer.from('something'));

  it('about a manifest is found out', async () => {
    const repository = repositoryAt(await play(lie('{"schemaVersion":2}')));

    await expect(ociRegistry().manifest({ repository, reference: digest })).rejects.toMatchObject({ code: 'registry-digest-mismatch' });
  });

  it('about what a tag names is found out', async () => {
    const repository = repositoryAt(await play(lie('{"schemaVersion":2}', { 'docker-content-digest': digest })));

    await expect(ociRegistry().manifest({ repository, reference: '1' })).rejects.toMatchObject({ code: 'registry-digest-mismatch' });
  });

  it('about a blob is found out', async () => {
    const repository = repositoryAt(await play(lie('something else')));

    const reading = ociRegistry().blob({ repository, digest, maxBytes: 100 });

    await expect(reading).rejects.toMatchObject({ code: 'registry-digest-mismatch', retryable: false });
  });

  it('by answering a web page is named', async () => {
    const repository = repositoryAt(await play(lie('<html>welcome</html>')));

    await expect(ociRegistry().manifest({ repository, reference: '1' })).rejects.toMatchObject({ code: 'registry-unexpected' });
  });

  it('by breaking off in the middle is named', async () => {
    const played = await play({
      intercept(_request, response) {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('half', () => response.destroy());
        return true;
      },
    });

    const reading = ociRegistry({ retry: { attempts: 2, firstWaitMs: 1 } }).manifest({ repository: repositoryAt(played), reference: '1' });

    await expect(reading).rejects.toMatchObject({ code: 'registry-unreachable' });
  });

  it('by a manifest without end is cut off', async () => {
    const played = await play(lie(`"${'x'.repeat(5 * 1024 * 1024)}"`));

    const reading = ociRegistry().manifest({ repository: repositoryAt(played), reference: '1' });

    await expect(reading).rejects.toMatchObject({ code: 'registry-too-large' });
  });
});

describe('a registry that hangs', () => {
  it('is given up, and named', async () => {
    const played = await play({ intercept: () => true });

    const reading = ociRegistry({ timeoutMs: 200 }).manifest({ repository: repositoryAt(played), reference: '1' });

    await expect(reading).rejects.toThrow(`registry ${played.host}: ${repositoryAt(played)}:1: no whole answer within 200 ms`);
  });
});

describe('credentials', () => {
  it('never follow a redirect to another host', async () => {
    const storage = await play({
      intercept(_request, response) {
        response.end('content');
        return true;
      },
    });
    const redirecting = await play({
      auth: 'bearer',
      intercept({ url, authorization }, response) {
        if (!url.includes('/blobs/') || authorization === undefined) return false;
        response.writeHead(307, { location: `http://${storage.host}/bucket/key?signature=x` }).end();
        return true;
      },
    });
    const digest = digestOfBytes(Buffer.from('content'));

    const blob = await ociRegistry({ credentials: bob }).blob({ repository: repositoryAt(redirecting), digest, maxBytes: 100 });

    expect(blob !== 'absent' && Buffer.from(blob).toString()).toBe('content');
    expect(storage.requests).toEqual([{ method: 'GET', url: '/bucket/key?signature=x' }]);
  });

  it('that are missing or wrong are asked for by name', async () => {
    const played = await play({ auth: 'bearer' });
    const ask = (credentials: FindCredential): Promise<unknown> =>
      ociRegistry({ credentials }).manifest({ repository: repositoryAt(played), reference: '1' });

    const wrong: FindCredential = () => Promise.resolve({ kind: 'password', user: 'bob', password: 'wrong-word' });

    const denied = `registry ${played.host} does not let us have `;
    await expect(ask(() => Promise.resolve('none'))).rejects.toThrow(denied);
    const refused: unknown = await ask(wrong).catch((error: unknown) => error);
    expect(String(refused)).toContain(denied);
    expect(JSON.stringify(refused) + String(refused)).not.toContain('wrong-word');
  });

  it('are exchanged for a token once', async () => {
    const played = await play({ auth: 'bearer' });
    const registry = ociRegistry({ credentials: bob });

    await pushImage(registry, { image: `${repositoryAt(played)}:1` });

    expect(played.requests.filter(({ url }) => url.startsWith('/token'))).toHaveLength(1);
  });
});

const lying: NonNullable<PlayedOptions['intercept']> = (_request, response) => {
  response.end('{}');
  return true;
};

describe('a mirror', () => {
  it('is asked first for what has a digest, and the registry for what a tag names', async () => {
    const [mirror, home] = [await play(), await play()];
    const repository = repositoryAt(home);
    const { digest } = await pushImage(ociRegistry(), { image: `${repository}:1` });
    await pushImage(ociRegistry(), { image: `${mirror.host}/copies/shop/api:1` });
    const registry = ociRegistry({ registries: [{ host: home.host, mirrors: [{ host: mirror.host, prefix: 'copies' }] }] });
    const asked = home.requests.length;

    expect(await registry.manifest({ repository, reference: digest })).toMatchObject({ digest });
    expect(home.requests).toHaveLength(asked);
    expect(await registry.manifest({ repository, reference: '1' })).toMatchObject({ digest });
    expect(home.requests).toHaveLength(asked + 1);
  });

  it.each([
    ['lacks it', () => false],
    ['lies', lying],
  ] as const)('that %s is passed over', async (_what, intercept) => {
    const [mirror, home] = [await play({ intercept }), await play()];
    const { digest } = await pushImage(ociRegistry(), { image: `${repositoryAt(home)}:1` });
    const registry = ociRegistry({ registries: [{ host: home.host, mirrors: [{ host: mirror.host }] }] });

    expect(await registry.manifest({ repository: repositoryAt(home), reference: digest })).toMatchObject({ digest });
    expect(mirror.requests).toHaveLength(1);
  });
});
