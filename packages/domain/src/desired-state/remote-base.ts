import { CommitSha } from './commit-sha.ts';

/** A base that a kustomization names in another repository. */
export interface RemoteBase {
  /** To fetch from; without credentials. */
  readonly repository: string;
  /** `host/owner/name`, the same for every spelling of the address. */
  readonly place: string;
  /** A folder or file in it, '' for its root. */
  readonly path: string;
  readonly ref: string | undefined;
}

/** A base whose content can't change. */
export type PinnedBase = RemoteBase & { readonly commit: CommitSha };

export type RemoteReference =
  | { readonly kind: 'local' }
  | { readonly kind: 'pinned'; readonly base: PinnedBase }
  /** Another content tomorrow: no ref, a branch, a tag, or a file of a web server. */
  | { readonly kind: 'unpinned'; readonly because: string };

/** What an entry of `resources:` refers to, as kustomize reads it. Never throws, and says no credentials. */
export function remoteReference(entry: string): RemoteReference {
  const text = entry.replace(/^git::/, '');
  const found = splitAddress(text);
  if (found === undefined) return { kind: 'local' };
  if (found.hasPassword) return { kind: 'unpinned', because: 'its address holds credentials' };
  const base = repositoryBase(found);
  if (base === undefined) return { kind: 'unpinned', because: 'it is a file of a web server: copy it beside the kustomization' };
  if (base.ref === undefined) return { kind: 'unpinned', because: 'no ref says which commit it is' };
  const commit = CommitSha.safeParse(base.ref);
  if (!commit.success) return { kind: 'unpinned', because: `ref ${JSON.stringify(base.ref)} is no full commit SHA, so it may move` };
  if (isUnsafe(base)) return { kind: 'unpinned', because: 'its path leaves its repository' };
  return { kind: 'pinned', base: { ...base, commit: commit.data } };
}

interface Address {
  /** What comes before the path: `https://host/`, `ssh://git@host/`, `git@host:`. */
  readonly origin: string;
  readonly host: string;
  readonly path: string;
  readonly query: ReadonlyMap<string, string>;
  readonly hasPassword: boolean;
}

type Place = Omit<Address, 'query'>;

function splitAddress(text: string): Address | undefined {
  const [address = '', ...question] = text.split('?');
  const place = urlPlace(address) ?? loginPlace(address) ?? knownPlace(address);
  if (place === undefined) return undefined;
  const pairs = question.join('?').split('&');
  return { ...place, query: new Map(pairs.map((pair) => [pair.split('=', 1).join(''), pair.split('=').slice(1).join('=')])) };
}

function urlPlace(address: string): Place | undefined {
  const parts = /^(?<scheme>https?|ssh):\/\/(?:(?<user>[^/@]*)@)?(?<host>[^/]+)\/(?<path>.*)$/i.exec(address)?.groups;
  if (parts === undefined) return undefined;
  const { scheme = '', user, host = '', path = '' } = parts;
  const isSsh = scheme.toLowerCase() === 'ssh';
  const hasPassword = user !== undefined && (!isSsh || user.includes(':'));
  return { origin: `${scheme}://${user === undefined || hasPassword ? '' : `${user}@`}${host}/`, host, path, hasPassword };
}

function loginPlace(address: string): Place | undefined {
  const parts = /^(?<login>[\w.-]+)@(?<host>[\w.-]+):(?!\/\/)(?<path>.*)$/.exec(address)?.groups;
  if (parts === undefined) return undefined;
  const { login = '', host = '', path = '' } = parts;
  return { origin: `${login}@${host}:`, host, path, hasPassword: false };
}

function knownPlace(address: string): Place | undefined {
  const parts = /^(?<host>(?:github|gitlab)\.com|bitbucket\.org)[/:](?<path>.+)$/.exec(address)?.groups;
  if (parts === undefined) return undefined;
  const { host = '', path = '' } = parts;
  return { origin: `https://${host}/`, host, path, hasPassword: false };
}

/** Up to `//` or `.git`, else two names, is the repository. */
function repositoryBase({ origin, host, path, query }: Address): RemoteBase | undefined {
  const ref = query.get('ref') ?? query.get('version');
  const [, marked, after] = /^(.+?)(?:\/\/|(?<=\.git)(?:\/|$))(.*)$/.exec(path) ?? [];
  const names = path.split('/').filter((name) => name !== '');
  if (marked === undefined && ref === undefined && /\.(?:ya?ml|json)$/.test(path)) return undefined;
  const repository = marked ?? names.slice(0, 2).join('/');
  const below = after ?? names.slice(2).join('/');
  const place = `${host.replace(/:\d+$/, '')}/${repository.replace(/\.git$/, '').replace(/^\/+/, '')}`;
  return { repository: `${origin}${repository}`, place, path: below.replace(/^\/+|\/+$/g, ''), ref };
}

function isUnsafe({ place, path }: RemoteBase): boolean {
  const names = [...place.split('/'), ...(path === '' ? [] : path.split('/'))];
  return names.some((name) => name === '' || name === '.' || name === '..' || !/^[\w.@+~-]+$/.test(name));
}

/** Where the files of a base are kept, below the folder that holds all of them. */
export function baseFolder({ place, commit }: PinnedBase): string {
  return `${place}@${commit}`;
}
