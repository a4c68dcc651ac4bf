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
    const ready = await ports.store.read((reader) => reader.promotions.list({ environment: id, status: 'ready' }, { limit: 100 }));
    if (ready.items.some(({ release }) => release.digest === promotion.release.digest)) continue;
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
