import { targetGuard, type TargetGuard } from '../http/index.ts';

/** Where a registry may send us: one inside a private network to others inside, one on the internet never there. Nobody sends us from HTTPS to HTTP,
 *  and to link-local and metadata addresses nobody ever. */
export function registryGuard(registry: URL): TargetGuard {
  const strict = targetGuard({ allow: [] });
  return async (url) => {
    if (registry.protocol === 'https:' && url.protocol !== 'https:')
      return { kind: 'refused', reason: `${registry.host} leads to ${url.host} without TLS` };
    if (sameOrigin(url, registry) || (await isInside(strict, registry))) return targetGuard({ allow: [placeOf(url)] })(url);
    return strict(url);
  };
}

export function sameOrigin(one: URL, other: URL): boolean {
  return one.protocol === other.protocol && one.host === other.host;
}

async function isInside(strict: TargetGuard, registry: URL): Promise<boolean> {
  return (await strict(registry)).kind === 'refused';
}

function placeOf(url: URL): string {
  return `${url.hostname}:${url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port}`;
}
