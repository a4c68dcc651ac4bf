import type { Digest } from '@fairlead/domain';
import type { RegistryDescriptor } from '@fairlead/engine';
import { maxManifestBytes, readManifest } from './read-content.ts';
import { registryFault } from './registry-fault.ts';
import type { RegistryPlace } from './registry-host.ts';
import { nextPage } from './next-page.ts';
import type { RegistrySession } from './registry-session.ts';
import { mediaTypes, parseManifest } from './schema.ts';

export interface Subject {
  readonly repository: string;
  readonly digest: Digest;
}

/** The tag under which referrers are listed where a registry has no API for them (distribution spec, referrers tag schema). */
export function fallbackTag(digest: Digest): string {
  return digest.replace(':', '-');
}

const maxPages = 100;

/** What refers to the subject, by the API or by the fallback tag. */
export async function listReferrers(
  session: RegistrySession,
  place: RegistryPlace,
  { repository, digest }: Subject,
): Promise<readonly RegistryDescriptor[]> {
  const what = `referrers of ${repository}@${digest}`;
  const found: RegistryDescriptor[] = [];
  let url: string | undefined = `/v2/${place.path}/referrers/${digest}`;
  for (let page = 0; url !== undefined && page < maxPages; page += 1) {
    const headers = { accept: mediaTypes.index };
    const answer = await session.send({ place, url, headers, actions: 'pull', maxBodyBytes: maxManifestBytes, what });
    const index = answer.status === 200 && !answer.truncated ? parseManifest(answer.body, answer.headers['content-type']) : undefined;
    if (index === undefined) {
      if (page === 0) return byTag(session, place, { repository, digest });
      throw registryFault('registry-unexpected', place.name, `${what}: page ${String(page + 1)} is no index`);
    }
    found.push(...index.manifests);
    url = nextPage(answer.headers['link'], { place, url });
  }
  return found;
}

async function byTag(
  session: RegistrySession,
  place: RegistryPlace,
  { repository, digest }: Subject,
): Promise<readonly RegistryDescriptor[]> {
  const index = await readManifest(session, place, { repository, reference: fallbackTag(digest) });
  return index === 'absent' ? [] : index.manifests;
}
