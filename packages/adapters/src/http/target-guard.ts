import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

/** An address that was checked and is the one to connect to; no name is resolved again. */
export interface CheckedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

export type GuardVerdict =
  | { readonly kind: 'allowed'; readonly addresses: readonly [CheckedAddress, ...CheckedAddress[]] }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unresolved'; readonly reason: string };

export interface TargetGuardOptions {
  /** `host:port`, exactly as a URL has them, that may be on loopback or a private range. */
  readonly allow: readonly string[];
  readonly resolve?: (host: string) => Promise<readonly { readonly address: string }[]>;
}

/** Decides where a URL that somebody wrote down may lead us. */
export type TargetGuard = (url: URL) => Promise<GuardVerdict>;

/** Link-local and cloud metadata addresses are never reached; loopback and private ones only where they are allowed by name. */
export function targetGuard({ allow, resolve = resolveAll }: TargetGuardOptions): TargetGuard {
  const allowed = new Set(allow.map((entry) => entry.toLowerCase()));
  return async (url) => {
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return refused(`scheme ${url.protocol} is neither http: nor https:`);
    if (url.username !== '' || url.password !== '') return refused('the address has a user or password in it');
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const place = `${url.hostname}:${portOf(url)}`;
    const addresses = await addressesOf(host, resolve);
    const [first, ...rest] = addresses;
    if (first === undefined) return { kind: 'unresolved', reason: `the name ${host} has no address` };
    const never = addresses.find(isIn(forbidden));
    if (never !== undefined) return refused(`${host} is at ${never.address}, a link-local, metadata or reserved address`);
    const inside = addresses.find(isIn(internal));
    if (inside === undefined || allowed.has(place)) return { kind: 'allowed', addresses: [first, ...rest] };
    return refused(`${host} is at ${inside.address}, a loopback or private address; allow ${place} under 'guard' if that is meant`);
  };
}

function isIn(list: BlockList): (checked: CheckedAddress) => boolean {
  return ({ address, family }) => list.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

function refused(reason: string): GuardVerdict {
  return { kind: 'refused', reason };
}

function portOf(url: URL): string {
  return url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
}

async function addressesOf(host: string, resolve: NonNullable<TargetGuardOptions['resolve']>): Promise<readonly CheckedAddress[]> {
  const found = isIP(host) === 0 ? await resolve(host).catch(() => []) : [{ address: host }];
  return found.map(({ address }) => ({ address, family: isIP(address) === 6 ? 6 : 4 }));
}

function resolveAll(host: string): Promise<readonly { readonly address: string }[]> {
  return lookup(host, { all: true });
}

/** Under NAT64 an IPv4 address is the end of an IPv6 one; a list of IPv4 ranges must hold there too. */
const nat64 = '64:ff9b::';

function ranges(v4: readonly (readonly [string, number])[], v6: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of v4) {
    list.addSubnet(network, prefix, 'ipv4');
    list.addSubnet(`::ffff:${network}`, 96 + prefix, 'ipv6');
    list.addSubnet(`${nat64}${network}`, 96 + prefix, 'ipv6');
  }
  for (const [network, prefix] of v6) list.addSubnet(network, prefix, 'ipv6');
  return list;
}

const forbidden = ranges(
  [
    ['0.0.0.0', 8],
    ['169.254.0.0', 16],
    ['100.100.100.200', 32],
    ['168.63.129.16', 32],
    ['192.0.0.192', 32],
    ['224.0.0.0', 4],
    ['240.0.0.0', 4],
  ],
  [
    ['::', 128],
    ['fe80::', 10],
    ['fec0::', 10],
    ['ff00::', 8],
    ['fd00:ec2::254', 128],
    ['fd20:ce::254', 128],
    ['2001::', 32],
    ['2002::', 16],
  ],
);

const internal = ranges(
  [
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
  ],
  [
    ['::1', 128],
    ['64:ff9b:1::', 48],
    ['fc00::', 7],
  ],
);
