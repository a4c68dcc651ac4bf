import { everyService, sameTarget, wakeEnvironment, type EnginePorts, type WatchedTarget, type Watching } from '@fairlead/engine';
import { deliveryTargets, environmentId, type DeliveryTarget } from '@fairlead/domain';
import type { Log } from '../log.ts';
import type { TargetListener } from './target-listener.ts';

const lookForTargetsMs = 30_000;

/** Watches the controllers of all declared environments and wakes the promotion whose target changed. A missed event only delays: promotions look again by themselves.
 *  What is declared, and what changed, is told to those who look further. */
export function observeDelivery(ports: EnginePorts, log: Log, listeners: readonly TargetListener[]): AsyncDisposable {
  const watches = new Map<string, Watching>();
  let targets: readonly WatchedTarget[] = [];
  let looking: Promise<void> | undefined;

  const changed = (target: DeliveryTarget): void => {
    const found = targets.find((watched) => sameTarget(watched.target, target));
    if (found !== undefined)
      void ports.store
        .transact((tx) => wakeEnvironment(tx, found.environment))
        .catch((error: unknown) => {
          log('wake-failed', { error });
        });
    for (const listener of listeners) listener.changed(target);
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
    for (const listener of listeners) listener.setTargets(targets);
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

async function declaredTargets(ports: EnginePorts): Promise<readonly WatchedTarget[]> {
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
