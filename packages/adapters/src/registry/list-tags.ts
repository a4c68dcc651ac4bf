import { nextPage } from './next-page.ts';
import { maxManifestBytes } from './read-content.ts';
import { registryFault } from './registry-fault.ts';
import type { RegistryPlace } from './registry-host.ts';
import type { RegistrySession } from './registry-session.ts';
import { parseTags } from './schema.ts';

const maxPages = 1000;

/** Every tag, page by page; some registries list them as they come. */
export async function listTags(session: RegistrySession, place: RegistryPlace, repository: string): Promise<readonly string[] | 'absent'> {
  const found: string[] = [];
  const what = `tags of ${repository}`;
  let url: string | undefined = `/v2/${place.path}/tags/list`;
  for (let page = 0; url !== undefined; page += 1) {
    const answer = await session.send({ place, url, actions: 'pull', maxBodyBytes: maxManifestBytes, what });
    if (answer.status === 404) return 'absent';
    const tags = answer.status === 200 && !answer.truncated ? parseTags(answer.body) : undefined;
    if (tags === undefined || page >= maxPages) {
      throw registryFault('registry-unexpected', place.name, `${what}: it answered ${String(answer.status)} and no list that ends`);
    }
    found.push(...tags);
    url = nextPage(answer.headers['link'], { place, url });
  }
  return found.toSorted();
}
