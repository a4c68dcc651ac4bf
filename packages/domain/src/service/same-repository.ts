/** Whether two addresses name one repository: by whatever protocol, user, port of that protocol and spelling. Case doesn't tell repositories apart on any forge. */
export function sameRepository(one: string, other: string): boolean {
  const address = repositoryAddress(one);
  return address !== '' && address === repositoryAddress(other);
}

const defaultPort = /^(https?|ssh|git):\/\/([^/]*?)(?::(?:443|80|22|9418))(?=\/|$)/;

function repositoryAddress(url: string): string {
  const plain = url.trim().toLowerCase();
  // `user@host:path`, as Git itself tells it from a URL: no slash before the colon.
  const scp = /^(?:[^/@:]+@)?([^/:@]+):(?!\/\/)(.+)$/.exec(plain);
  const located = scp === null ? withoutScheme(plain) : `${scp[1] ?? ''}/${scp[2] ?? ''}`;
  return located
    .replace(/[?#].*$/, '')
    .replace(/\/{2,}/g, '/')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
}

function withoutScheme(url: string): string {
  return url
    .replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/, '$1')
    .replace(defaultPort, '$1://$2')
    .replace(/^[a-z][a-z0-9+.-]*:\/\//, '');
}
