import { desiredContainers, InvariantError, judgeLiveDigests, type LiveContainer, type LiveDigestsVerdict } from '@fairlead/domain';
import type { PromotionContext } from '../promotion/promotion-context.ts';
import { manifestOf } from '../release/manifest-of.ts';
import { environmentPath } from '../service/environment-path.ts';
import { argoCdTargets } from './argocd-targets.ts';

type Observed = Pick<PromotionContext, 'ports' | 'promotion' | 'configuration'>;

/** What runs now in the environment's namespaces, compared with the release by digest. A target whose cluster can't be found is a problem, not a pass. */
export async function observeLive(context: Observed): Promise<LiveDigestsVerdict> {
  const { ports, promotion, configuration } = context;
  const { environment, service, repository } = configuration;
  if (promotion.mergeCommit === undefined) throw new InvariantError('merge-unknown', `promotion ${promotion.id} has no merge commit`);
  const manifest = await manifestOf(ports.store, promotion.release.digest);
  const desired = await ports.renderer.render(environmentPath(configuration), await repository.git.snapshot(promotion.mergeCommit));
  const seen = await containersOf(context);
  const judged = judgeLiveDigests({
    components: manifest.components,
    required: service.spec.components.filter(({ required }) => required).map(({ name }) => name),
    thirdParty: service.spec.thirdPartyImages,
    desired: desired.kind === 'rendered' ? desiredContainers(desired.objects) : [],
    inventory: { observedAt: ports.clock.now().toISOString(), namespaces: seen.namespaces, containers: seen.containers },
    ownedNamespaces: environment.spec.namespaces.filter(({ owned }) => owned).map(({ name }) => name),
  });
  const reasons =
    desired.kind === 'failed' ? [...seen.unresolved, `the desired state does not render: ${desired.message}`] : seen.unresolved;
  return reasons.length === 0 ? judged : { ...judged, verdict: 'failed', problems: [...reasons, ...judged.problems] };
}

interface Seen {
  readonly namespaces: readonly string[];
  readonly containers: readonly LiveContainer[];
  readonly unresolved: readonly string[];
}

/** The containers behind every target, in the environment's namespaces and the one that the controller delivers to. */
async function containersOf({ ports, configuration }: Observed): Promise<Seen> {
  const declared = configuration.environment.spec.namespaces.map(({ name }) => name);
  const namespaces = new Set<string>(declared);
  const containers: LiveContainer[] = [];
  const unresolved: string[] = [];
  for (const target of argoCdTargets(configuration.environment)) {
    const seen = await ports.delivery.observe(target);
    if (seen.kind === 'absent') {
      unresolved.push(`${target.application}: no such application`);
      continue;
    }
    namespaces.add(seen.destination.namespace);
    const destination = await ports.cluster.resolveDestination(target, seen.destination);
    if (destination.kind === 'unresolved') unresolved.push(`${target.application}: ${destination.reason}`);
    else
      containers.push(
        ...(await ports.cluster.liveContainers(destination.cluster, [...new Set([...declared, seen.destination.namespace])])).containers,
      );
  }
  return { namespaces: [...namespaces], containers, unresolved };
}
