import { argoCdTargets, everyService, sameTarget, type EnginePorts, type Watching } from '@fairlead/engine';
import { environmentId, type DeliveryTarget, type EnvironmentId } from '@fairlead/domain';
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
  const look = async (): Promise<void> => {
    targets = await declaredTargets(ports);
    for (const { target } of targets) {
      const key = `${target.cluster}/${target.namespace}`;
      if (!watches.has(key)) watches.set(key, await ports.delivery.watch(target.cluster, target.namespace, changed));
    }
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
      argoCdTargets(environment).map((target) => ({
        target,
        environment: environmentId(services.service.metadata.name, environment.metadata.name),
      })),
    ),
  );
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
