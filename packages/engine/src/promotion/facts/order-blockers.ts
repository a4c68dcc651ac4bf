import { EnvironmentId, type Blocker, type Digest } from '@fairlead/domain';
import type { EnginePorts } from '../../engine-ports.ts';
import type { EnvironmentConfiguration } from '../../service/environment-configuration.ts';

interface Ordered {
  readonly ports: Pick<EnginePorts, 'store'>;
  readonly configuration: EnvironmentConfiguration;
  readonly promotion: { readonly release: { readonly digest: Digest; readonly version: string } };
}

/** The environments that come first, by `after`, in which this release has not been ready yet. */
export async function orderBlockers({ ports, configuration, promotion }: Ordered, now: Date): Promise<readonly Blocker[]> {
  const { service, environment } = configuration;
  const blockers: Blocker[] = [];
  for (const before of environment.spec.after) {
    const id = EnvironmentId.parse(`${service.metadata.name}/${before}`);
    if (await wasReady(ports, id, promotion.release.digest)) continue;
    blockers.push({
      gate: 'order',
      code: 'not-ready-before',
      message: `release ${promotion.release.version} has not been ready in ${before}`,
      since: now.toISOString(),
      expected: `ready in ${before} first`,
      who: ['promoter'],
      fix: `fairlead promote ${service.metadata.name} --release ${promotion.release.version} --to ${before} --wait`,
    });
  }
  return blockers;
}

/** Looks through all of them: a release may be promoted on long after it was ready. */
async function wasReady({ store }: Ordered['ports'], environment: EnvironmentId, release: Digest): Promise<boolean> {
  let cursor: string | undefined;
  do {
    const paging = cursor === undefined ? { limit: 500 } : { limit: 500, cursor };
    const page = await store.read((reader) => reader.promotions.list({ environment, status: 'ready' }, paging));
    if (page.items.some((promotion) => promotion.release.digest === release)) return true;
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return false;
}
