interface Destination {
  readonly server?: string;
  readonly name?: string;
}

/** A cluster of the installation and the addresses that it is known by. */
export interface KnownCluster {
  readonly name: string;
  readonly servers: readonly string[];
}

type Resolution = { readonly kind: 'resolved'; readonly cluster: string } | { readonly kind: 'unresolved'; readonly reason: string };

/** Which of the known clusters a controller means that itself lives on `home`. */
export function resolveDestination(home: string, destination: Destination, known: readonly KnownCluster[]): Resolution {
  const { server, name } = destination;
  if (server !== undefined) {
    if (isOwnCluster(server)) return resolved(home, known, `the controller's own cluster ${home} is not in the installation`);
    const found = known.find(({ servers }) => servers.some((address) => sameServer(address, server)));
    return resolved(found?.name, known, `no cluster of the installation has the server ${server}`);
  }
  if (name === undefined) return { kind: 'unresolved', reason: 'the destination names neither a server nor a cluster' };
  if (name === 'in-cluster') return resolved(home, known, `the controller's own cluster ${home} is not in the installation`);
  return resolved(name, known, `no cluster of the installation is named ${name}`);
}

function resolved(cluster: string | undefined, known: readonly KnownCluster[], reason: string): Resolution {
  return cluster !== undefined && known.some(({ name }) => name === cluster)
    ? { kind: 'resolved', cluster }
    : { kind: 'unresolved', reason };
}

function isOwnCluster(server: string): boolean {
  const { protocol, hostname, port } = URL.parse(server) ?? {};
  return protocol === 'https:' && port === '' && /^kubernetes\.default\.svc(\.cluster\.local)?$/.test(hostname ?? '');
}

/** The same scheme, host, port and path; a default port or a slash at the end makes no difference. */
function sameServer(one: string, other: string): boolean {
  const address = addressOf(one);
  return address !== undefined && address === addressOf(other);
}

function addressOf(server: string): string | undefined {
  const url = URL.parse(server);
  return url === null ? undefined : `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}
