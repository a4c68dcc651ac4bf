import {
  containerImages,
  contractBlockers,
  deliveryTargets,
  NotFoundError,
  revisionsOfSource,
  UpstreamError,
  type Blocker,
  type DeliveryTarget,
  type DiscoveredTarget,
  type ObservedDelivery,
  type Preflight,
  type TargetContract,
} from '@fairlead/domain';
import { renderSource } from '../desired-state/render-source.ts';
import { sourceOverrides } from '../desired-state/source-overrides.ts';
import type { EnginePorts } from '../engine-ports.ts';
import type { EnvironmentConfiguration } from '../service/environment-configuration.ts';
import { environmentPath } from '../service/environment-path.ts';
import { isOnBranch } from './is-on-branch.ts';
import { sameTarget } from './same-target.ts';

type Ports = Pick<EnginePorts, 'delivery' | 'renderer'>;
type Declared = Pick<EnvironmentConfiguration, 'environment' | 'repository' | 'root' | 'policy'>;

/** Whether the environment's targets are what it declares. A controller that doesn't answer now is no blocker where its turn comes later: where the merge is the
 *  sync, it is. */
export async function checkContract(ports: Ports, declared: Declared, now: Date): Promise<readonly Blocker[]> {
  const path = environmentPath(declared);
  const { branch } = declared.repository;
  const blockers: Blocker[] = [...orderNotHeld(ports, declared, now)];
  const overrides = await overridesOf(declared);
  const chart = await chartOf(declared);
  for (const target of deliveryTargets(declared.environment)) {
    const looked = await lookAt(ports, declared, target);
    if (looked instanceof UpstreamError) blockers.push(...silent(ports, { target, error: looked }, now));
    else blockers.push(...contractBlockers({ target, path, ...chart, branch, overrides, ...looked }, now));
  }
  return blockers;
}

type Looked = Pick<TargetContract, 'found' | 'preflight'>;

async function lookAt(ports: Ports, declared: Declared, target: DeliveryTarget): Promise<Looked | UpstreamError> {
  try {
    const found = await ports.delivery[target.controller].observe(target);
    if (found.kind === 'absent') return { found };
    return { found, preflight: await preflightOf(ports, declared, found) };
  } catch (error) {
    if (error instanceof NotFoundError && error.code === 'cluster-unknown') return { found: { kind: 'cluster-unknown' } };
    if (error instanceof UpstreamError) return error;
    throw error;
  }
}

async function preflightOf(ports: Ports, declared: Declared, seen: ObservedDelivery): Promise<Preflight> {
  const onBranch = await isOnBranch(declared.repository, revisionsOfSource(seen, environmentPath(declared)));
  return {
    correctWithinMs: declared.policy.drift.correctWithinMs,
    ...(onBranch === undefined ? {} : { onBranch }),
    others: await othersOf(ports, declared, seen),
    images: seen.controller === 'flux' && seen.settings.substitutes ? await imagesOf(ports, declared) : [],
  };
}

async function othersOf(
  { delivery }: Ports,
  declared: Declared,
  { target, source }: ObservedDelivery,
): Promise<readonly DiscoveredTarget[]> {
  const query = { path: environmentPath(declared), repositories: [source.repository] };
  const found = await delivery[target.controller].discover(target.cluster, query);
  const known = deliveryTargets(declared.environment);
  return found.filter((one) => !known.some((declaredTarget) => sameTarget(declaredTarget, one.target)));
}

async function chartOf(declared: Declared): Promise<Pick<TargetContract, 'chart'>> {
  const { git, branch } = declared.repository;
  const head = await git.head(branch);
  const source = head === 'absent' ? undefined : await renderSource(environmentPath(declared), await git.snapshot(head));
  return source?.kind === 'chart' ? { chart: source.chart.chart } : {};
}

async function overridesOf(declared: Declared): Promise<readonly string[]> {
  const { git, branch } = declared.repository;
  const head = await git.head(branch);
  return head === 'absent' ? [] : sourceOverrides(await git.snapshot(head), environmentPath(declared));
}

/** What doesn't render names no images; that it doesn't is said elsewhere. */
async function imagesOf({ renderer }: Ports, declared: Declared): Promise<readonly string[]> {
  const { git, branch } = declared.repository;
  const head = await git.head(branch);
  if (head === 'absent') return [];
  const rendered = await renderer.render(environmentPath(declared), await git.snapshot(head));
  return rendered.kind === 'failed' ? [] : containerImages(rendered.objects).map(({ image }) => image);
}

interface Silent {
  readonly target: DeliveryTarget;
  readonly error: UpstreamError;
}

function silent({ delivery }: Ports, { target, error }: Silent, now: Date): readonly Blocker[] {
  if (delivery[target.controller].capabilities.manualSync) return [];
  return [
    {
      gate: 'contract',
      code: 'controller-silent',
      message: `${target.name} can not be looked at, and the merge would be its sync: ${error.message}`,
      since: now.toISOString(),
      expected: `an answer of cluster ${target.cluster}`,
      who: ['operator'],
      fix: error.hint ?? 'see: fairlead doctor',
    },
  ];
}

/** Targets that sync by themselves do so at once, all of them. */
function orderNotHeld({ delivery }: Ports, { environment }: Declared, now: Date): readonly Blocker[] {
  const { targets, order, controller } = environment.spec.delivery;
  if (targets.length < 2 || order === 'together' || delivery[controller].capabilities.manualSync) return [];
  return [
    {
      gate: 'contract',
      code: 'order-not-held',
      message: `the ${String(targets.length)} targets of ${environment.metadata.name} sync by themselves, all at the merge`,
      since: now.toISOString(),
      expected: "delivery.order 'together', or an environment for each target",
      observed: order,
      who: ['operator'],
      fix: `set spec.delivery.order of environment ${environment.metadata.name} to 'together'`,
    },
  ];
}
