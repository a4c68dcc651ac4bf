import { registryFault } from './registry-fault.ts';
import { sameOrigin } from './registry-guard.ts';
import type { RegistryPlace } from './registry-host.ts';

/** Where a list goes on (`Link: <…>; rel="next"`): at the same registry, or it is none of the registry's. */
export function nextPage(
  link: string | undefined,
  { place, url }: { readonly place: RegistryPlace; readonly url: string },
): string | undefined {
  const target = /<([^>]+)>\s*;[^,]*rel="?next"?/i.exec(link ?? '')?.[1];
  if (target === undefined) return undefined;
  const next = URL.parse(target, new URL(url, place.origin).href);
  if (next !== null && sameOrigin(next, new URL(place.origin))) return `${next.pathname}${next.search}`;
  throw registryFault('registry-unexpected', place.name, 'its list goes on elsewhere');
}
