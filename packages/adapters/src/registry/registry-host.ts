import type { RegistryMirror, RegistrySettings } from './options.ts';

/** Where a repository is asked for. */
export interface RegistryPlace {
  /** As people know it. */
  readonly name: string;
  /** Scheme, host and port. */
  readonly origin: string;
  /** Of the repository, as the registry names it. */
  readonly path: string;
  readonly resolvesTags: boolean;
}

/** Docker Hub answers under another name than images say. */
const hub = 'docker.io';
const hubNames = new Set([hub, 'index.docker.io', 'registry-1.docker.io']);

/** The registry that an image's repository names, after the mirrors that may serve it. */
export function registryPlaces(repository: string, settings: readonly RegistrySettings[]): readonly [RegistryPlace, ...RegistryPlace[]] {
  const { host, path } = hostAndPath(repository);
  const own = settings.find((known) => nameOf(known.host) === host);
  const origin: RegistryPlace = {
    name: host,
    origin: originOf(host === hub ? 'registry-1.docker.io' : host, own?.plainHttp),
    path,
    resolvesTags: true,
  };
  const [first, ...mirrors] = (own?.mirrors ?? []).map((mirror) => mirrorPlace(mirror, path));
  return first === undefined ? [origin] : [first, ...mirrors, origin];
}

function mirrorPlace({ host, prefix, plainHttp, resolvesTags }: RegistryMirror, path: string): RegistryPlace {
  return {
    name: nameOf(host),
    origin: originOf(host, plainHttp),
    path: prefix === undefined ? path : `${prefix.replace(/^\/+|\/+$/g, '')}/${path}`,
    resolvesTags: resolvesTags ?? false,
  };
}

/** As image references are read everywhere: a first part without dot, colon or `localhost` is no host, but a name on Docker Hub. */
export function hostAndPath(repository: string): { readonly host: string; readonly path: string } {
  const at = repository.indexOf('/');
  const first = repository.slice(0, Math.max(0, at));
  if (at > 0 && (/[.:[]/.test(first) || first === 'localhost')) {
    const host = nameOf(first);
    const path = repository.slice(at + 1);
    return { host, path: host === hub && !path.includes('/') ? `library/${path}` : path };
  }
  return { host: hub, path: at < 0 ? `library/${repository}` : repository };
}

function nameOf(host: string): string {
  const plain = host.toLowerCase();
  return hubNames.has(plain) ? hub : plain;
}

function originOf(host: string, plainHttp: boolean | undefined): string {
  return `${(plainHttp ?? isLoopback(host)) ? 'http' : 'https'}://${host}`;
}

function isLoopback(host: string): boolean {
  return /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/.test(host);
}
