import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Credential } from './credential.ts';
import { dockerCredentials } from './docker-credentials.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'docker-config-'));
});
afterEach(() => {
  rmSync(home, { recursive: true });
});

const basic = (text: string): string => Buffer.from(text).toString('base64');
const of = (user: string, password: string): Credential => ({ kind: 'password', user, password });

function find(config: unknown, host: string, path = 'team/api'): Promise<Credential | 'none'> {
  writeFileSync(join(home, 'config.json'), typeof config === 'string' ? config : JSON.stringify(config));
  const env = { DOCKER_CONFIG: home, PATH: `${home}/bin:${process.env['PATH'] ?? ''}` };
  return dockerCredentials({ env, helperTimeoutMs: 30_000 })({ host, path });
}

function helper(name: string, script: string): void {
  mkdirSync(join(home, 'bin'), { recursive: true });
  const file = join(home, 'bin', `docker-credential-${name}`);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}

describe('auths', () => {
  it.each([
    ['registry.example.com', 'registry.example.com'],
    ['https://registry.example.com', 'registry.example.com'],
    ['https://registry.example.com/v2/', 'registry.example.com'],
    ['https://index.docker.io/v1/', 'docker.io'],
    ['registry.example.com:5000', 'registry.example.com:5000'],
  ])('of %s are for %s', async (key, host) => {
    expect(await find({ auths: { [key]: { auth: basic('bob:a:b') } } }, host)).toEqual(of('bob', 'a:b'));
  });

  it('of the closest folder win', async () => {
    const auths = {
      'registry.example.com': { auth: basic('all:1') },
      'registry.example.com/team': { auth: basic('team:2') },
      'registry.example.com/other': { auth: basic('other:3') },
    };

    expect(await find({ auths }, 'registry.example.com')).toEqual(of('team', '2'));
  });

  it('may be tokens', async () => {
    const auths = { a: { identitytoken: 'i', auth: basic('<token>:') }, b: { registrytoken: 'r' }, c: { username: 'u', password: 'p' } };

    expect([await find({ auths }, 'a'), await find({ auths }, 'b'), await find({ auths }, 'c')]).toEqual([
      { kind: 'identity-token', token: 'i' },
      { kind: 'registry-token', token: 'r' },
      of('u', 'p'),
    ]);
  });

  it('of another registry are for nobody else', async () => {
    expect(await find({ auths: { 'registry.example.com': { auth: basic('bob:x') } } }, 'registry.example.com.evil.example')).toBe('none');
  });

  it('that nobody can read are said to be', async () => {
    await expect(find('{', 'a')).rejects.toThrow('is no configuration of docker');
  });
});

describe('a credential helper', () => {
  it('is asked for its registry alone', async () => {
    helper('vault', `read server; printf '{"ServerURL":"%s","Username":"bob","Secret":"%s"}' "$server" "of-$server"`);
    const config = { credHelpers: { 'registry.example.com': 'vault' } };

    expect(await find(config, 'registry.example.com')).toEqual(of('bob', 'of-registry.example.com'));
    expect(await find(config, 'ghcr.io')).toBe('none');
  });

  it('of the store is asked for every registry, by the address of the sign-in', async () => {
    helper('store', `read server; printf '{"Username":"<token>","Secret":"%s"}' "$server"`);
    const config = { credsStore: 'store', auths: { 'https://index.docker.io/v1/': {} } };

    expect(await find(config, 'docker.io')).toEqual({ kind: 'identity-token', token: 'https://index.docker.io/v1/' });
    expect(await find(config, 'ghcr.io')).toEqual({ kind: 'identity-token', token: 'ghcr.io' });
  });

  it('that knows none is no fault', async () => {
    helper('empty', 'echo "credentials not found in native keychain"; exit 1');

    expect(await find({ credsStore: 'empty' }, 'ghcr.io')).toBe('none');
  });

  it.each([
    ['fails', 'echo secret-word; exit 3', 'ended with 3 for ghcr.io'],
    ['answers something else', 'echo secret-word', 'gave no credential for ghcr.io'],
  ])('that %s is named, without what it printed', async (_what, script, said) => {
    helper('odd', script);

    const fault: unknown = await find({ credsStore: 'odd' }, 'ghcr.io').catch((error: unknown) => error);

    expect(String(fault)).toContain(`credential helper docker-credential-odd ${said}`);
    expect(String(fault)).not.toContain('secret-word');
  });

  it('that hangs is ended', async () => {
    helper('slow', 'sleep 600');
    writeFileSync(join(home, 'config.json'), JSON.stringify({ credsStore: 'slow' }));
    const env = { DOCKER_CONFIG: home, PATH: `${home}/bin:${process.env['PATH'] ?? ''}` };

    const asking = dockerCredentials({ env, helperTimeoutMs: 100 })({ host: 'ghcr.io', path: 'a' });

    await expect(asking).rejects.toThrow('gave no answer within 100 ms');
  });

  it.each([
    ['absent', 'is not installed'],
    ['../../bin/sh', 'is no name of a program'],
  ])('%s is refused', async (name, said) => {
    await expect(find({ credsStore: name }, 'ghcr.io')).rejects.toThrow(said);
  });
});
