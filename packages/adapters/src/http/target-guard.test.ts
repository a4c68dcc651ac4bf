import { describe, expect, it } from 'vitest';
import { targetGuard } from './target-guard.ts';

const names: Readonly<Record<string, readonly string[]>> = {
  'public.example.com': ['93.184.216.34'],
  'inside.example.com': ['10.1.2.3'],
  'mixed.example.com': ['93.184.216.34', '169.254.169.254'],
  'both.example.com': ['93.184.216.34', '2606:2800:220:1::1'],
};

const resolve = (host: string): Promise<readonly { readonly address: string }[]> => {
  const addresses = names[host];
  return addresses === undefined ? Promise.reject(new Error('ENOTFOUND')) : Promise.resolve(addresses.map((address) => ({ address })));
};

const open = ['127.0.0.1:8080', 'inside.example.com:80', 'Localhost:443', '[::1]:8080', '169.254.169.254:80', 'mixed.example.com:80'];

async function kindOf(url: string, allow: readonly string[] = []): Promise<string> {
  const verdict = await targetGuard({ allow, resolve })(new URL(url));
  return verdict.kind;
}

describe('never, whatever is allowed', () => {
  it.each([
    'http://169.254.169.254/latest/meta-data',
    'http://2852039166/',
    'http://0xa9fea9fe/',
    'http://[::ffff:169.254.169.254]/',
    'http://[64:ff9b::a9fe:a9fe]/',
    'http://[2002:a9fe:a9fe::1]/',
    'http://[fe80::1]/',
    'http://[fd00:ec2::254]/',
    'http://[fec0::1]/',
    'http://100.100.100.200/',
    'http://168.63.129.16/',
    'http://0.0.0.0/',
    'http://[::]/',
    'http://224.0.0.1/',
    'http://[ff02::1]/',
    'http://255.255.255.255/',
    'http://mixed.example.com/',
    'ftp://public.example.com/',
    'http://user@public.example.com/',
    'http://:secret@public.example.com/',
  ])('refuses %s', async (url) => {
    const place = new URL(url);

    expect(await kindOf(url, [...open, `${place.hostname}:80`])).toBe('refused');
  });
});

describe('only where it is allowed', () => {
  it.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://10.0.0.1/',
    'http://172.31.255.255/',
    'http://192.168.1.1/',
    'http://100.64.0.1/',
    'http://192.0.0.8/',
    'http://198.18.0.1/',
    'http://[fc00::1]/',
    'http://[fd12:3456::1]/',
    'http://[64:ff9b:1::1]/',
    'http://inside.example.com:8080/',
  ])('refuses %s by default', async (url) => {
    expect(await kindOf(url)).toBe('refused');
  });

  it.each(['http://127.0.0.1:8080/x', 'http://inside.example.com/', 'http://INSIDE.example.com:80/', 'http://[::1]:8080/'])(
    'allows %s by its host and port',
    async (url) => {
      expect(await kindOf(url, open)).toBe('allowed');
    },
  );

  it.each(['http://127.0.0.1:8081/', 'https://127.0.0.1/', 'https://inside.example.com/', 'http://10.1.2.3/'])(
    'does not take %s for something else that is allowed',
    async (url) => {
      expect(await kindOf(url, open)).toBe('refused');
    },
  );
});

describe('public addresses', () => {
  it.each(['http://93.184.216.34/', 'https://public.example.com/', 'http://172.32.0.1/', 'http://[2606:2800:220:1::1]/'])(
    'are open: %s',
    async (url) => {
      expect(await kindOf(url)).toBe('allowed');
    },
  );

  it('are given as they were checked', async () => {
    expect(await targetGuard({ allow: [], resolve })(new URL('http://both.example.com/'))).toEqual({
      kind: 'allowed',
      addresses: [
        { address: '93.184.216.34', family: 4 },
        { address: '2606:2800:220:1::1', family: 6 },
      ],
    });
  });

  it('are unresolved where the name is unknown', async () => {
    expect(await kindOf('http://nowhere.example.com/')).toBe('unresolved');
  });
});

it('says which entry of the guard would open a private address', async () => {
  expect(await targetGuard({ allow: [], resolve })(new URL('https://inside.example.com/x'))).toEqual({
    kind: 'refused',
    reason: "inside.example.com is at 10.1.2.3, a loopback or private address; allow inside.example.com:443 under 'guard' if that is meant",
  });
});
