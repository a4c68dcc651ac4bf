import { everyService, sameTarget, type EnginePorts, type Watching } from '@fairlead/engine';
import { deliveryTargets, environmentId, type DeliveryTarget, type EnvironmentId } from '@fairlead/domain';
import type { Log } from '../log.ts';

const lookForTargetsMs = 30_000;

interface Watched {
  readonly target: DeliveryTarget;
  readonly environment: EnvironmentId;
}

/** Watches the controllers of all declared environments and wakes the promotion whose target changed. A missed event only delays: promotions look again by themselves. */
export function observeDelivery(ports: EnginePorts, log: Log): AsyncDisposable {
  const watches = new Map<string, Watching>();
  let targets: readonly Watched[] = [];
  let looking: Promise<void> | undefined;

  const changed = (target: DeliveryTarget): void => {
    const found = targets.find((watched) => sameTarget(watched.target, target));
    if (found !== undefined)
      void wake(ports, found.environment).catch((error: unknown) => {
        log('wake-failed', { error });
      });
  };
  const refused = new Map<string, string>();
  const watch = async ({ controller, cluster, namespace }: DeliveryTarget): Promise<void> => {
    const key = `${controller}/${cluster}/${namespace}`;
    if (watches.has(key)) return;
    try {
      watches.set(key, await ports.delivery[controller].watch(cluster, namespace, changed));
    } catch (error) {
      // One cluster that can't be watched hides no other, and is told of once.
      if (refused.get(key) !== messageOf(error)) log('watch-refused', { controller, cluster, namespace, error });
      refused.set(key, messageOf(error));
    }
  };
  const look = async (): Promise<void> => {
    targets = await declaredTargets(ports);
    for (const { target } of targets) await watch(target);
  };
  const lookOnce = (): void => {
    looking ??= look()
      .catch((error: unknown) => {
        log('observer-failed', { error });
      })
      .finally(() => (looking = undefined));
  };
  lookOnce();
  const timer = setInterval(lookOnce, lookForTargetsMs);
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await looking;
      await Promise.all([...watches.values()].map((watching) => watching.stop()));
    },
  };
}

async function declaredTargets(ports: EnginePorts): Promise<readonly Watched[]> {
  const { found } = await everyService(ports);
  return found.flatMap(({ services }) =>
    services.environments.flatMap((environment) =>
      deliveryTargets(environment).map((target) => ({
        target,
        environment: environmentId(services.service.metadata.name, environment.metadata.name),
      })),
    ),
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The promotion that is under way there, else the one that the environment rests on. */
async function wake({ store }: EnginePorts, environment: EnvironmentId): Promise<void> {
  await store.transact(async (tx) => {
    const open = await tx.promotions.open(environment);
    const delivering = open.filter(({ status }) => status === 'syncing' || status === 'validating');
    const intended = await tx.promotions.intended(environment);
    const ids = delivering.length > 0 || intended === 'absent' ? delivering.map(({ id }) => id) : [intended.id];
    for (const id of ids) await tx.write.wakes.promotion(id);
  });
}
