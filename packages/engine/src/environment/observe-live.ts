import {
  controllerKind,
  deliveredNamespaces,
  deliveryTargets,
  desiredContainers,
  InvariantError,
  judgeLiveDigests,
  type ComponentDigests,
  type DeliveryTarget,
  type LiveDigestsVerdict,
} from '@fairlead/domain';
import type { PromotionContext } from '../promotion/promotion-context.ts';
import { manifestOf } from '../release/manifest-of.ts';
import { environmentPath } from '../service/environment-path.ts';

type Observed = Pick<PromotionContext, 'ports' | 'promotion' | 'configuration'>;
type Question = Omit<Parameters<typeof judgeLiveDigests>[0], 'inventory'>;

/** What runs now behind each target, compared with the release by digest. Each target has to run all of it; one that can't be reached is a problem, not a pass. */
export async function observeLive(context: Observed): Promise<LiveDigestsVerdict> {
  const { ports, promotion, configuration } = context;
  const { environment, service, repository } = configuration;
  if (promotion.mergeCommit === undefined) throw new InvariantError('merge-unknown', `promotion ${promotion.id} has no merge commit`);
  const manifest = await manifestOf(ports.store, promotion.release.digest);
  const desired = await ports.renderer.render(environmentPath(configuration), await repository.git.snapshot(promotion.mergeCommit));
  if (desired.kind === 'failed') return unseen(`the desired state does not render: ${desired.message}`);
  const question: Question = {
    components: manifest.components,
    required: service.spec.components.filter(({ required }) => required).map(({ name }) => name),
    thirdParty: service.spec.thirdPartyImages,
    desired: desiredContainers(desired.objects),
    ownedNamespaces: environment.spec.namespaces.filter(({ owned }) => owned).map(({ name }) => name),
  };
  const judged: LiveDigestsVerdict[] = [];
  for (const target of deliveryTargets(environment)) judged.push(await behindTarget(context, target, question));
  return joined(judged);
}

/** In the environment's namespaces and the one that the controller delivers to, on the cluster that it delivers to. */
async function behindTarget({ ports, configuration }: Observed, target: DeliveryTarget, question: Question): Promise<LiveDigestsVerdict> {
  const seen = await ports.delivery[target.controller].observe(target);
  if (seen.kind === 'absent') return unseen(`${target.name}: no such ${controllerKind[target.controller]}`);
  const destination = await ports.cluster.resolveDestination(target, seen.destination);
  if (destination.kind === 'unresolved') return unseen(`${target.name}: ${destination.reason}`);
  const declared = configuration.environment.spec.namespaces.map(({ name }) => name);
  const namespaces = [...new Set([...declared, ...deliveredNamespaces(seen)])];
  return judgeLiveDigests({ ...question, inventory: await ports.cluster.liveContainers(destination.cluster, namespaces) });
}

function unseen(problem: string): LiveDigestsVerdict {
  return { verdict: 'failed', components: [], unexpected: [], problems: [problem] };
}

/** Of several targets the worst counts, component by component. */
function joined(all: readonly LiveDigestsVerdict[]): LiveDigestsVerdict {
  const components = new Map<string, ComponentDigests>();
  for (const component of all.flatMap((one) => one.components)) {
    const known = components.get(component.component);
    const running = [...new Set([...(known?.running ?? []), ...component.running])].toSorted();
    const status = known === undefined || isAsMeant(known) ? component.status : known.status;
    components.set(component.component, { ...component, running, status });
  }
  return {
    verdict: all.length > 0 && all.every(({ verdict }) => verdict === 'passed') ? 'passed' : 'failed',
    components: [...components.values()],
    unexpected: all.flatMap(({ unexpected }) => unexpected),
    problems: all.flatMap(({ problems }) => problems),
  };
}

const asMeant: ReadonlySet<ComponentDigests['status']> = new Set(['match', 'idle', 'not-desired']);

/** It runs what the release says, or doesn't have to run here. */
export function isAsMeant({ status }: ComponentDigests): boolean {
  return asMeant.has(status);
}
