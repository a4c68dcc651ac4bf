import { setImmediate } from 'node:timers/promises';
import { deliveryTargets, environmentId } from '@fairlead/domain';
import { DriftObservers, everyService, type EnginePorts } from '@fairlead/engine';

export interface WorldObserver extends AsyncDisposable {
  /** It goes on watching and holds its lease no longer: a process that was paused. */
  freeze(): void;
}

/** Looks at the sandbox' cluster as a server does: readiness rests on what somebody sees there. */
export async function observeWorld(
  ports: EnginePorts,
  observer: string,
  onFault: (error: unknown) => void = console.error,
): Promise<WorldObserver> {
  const { found } = await everyService(ports);
  const targets = found.flatMap(({ services }) =>
    services.environments.flatMap((declared) =>
      deliveryTargets(declared).map((target) => ({
        target,
        environment: environmentId(services.service.metadata.name, declared.metadata.name),
      })),
    ),
  );
  const observers = new DriftObservers(ports, { observer, breathe: () => setImmediate(), onFault });
  observers.setTargets(targets);
  await observers.tick();
  const watching = await ports.delivery.argocd.watch('sandbox', 'argocd', (target) => {
    observers.changed(target);
  });
  const timer = setInterval(() => void observers.tick(), 300);
  return {
    freeze() {
      clearInterval(timer);
    },
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await watching.stop();
      await observers.stop();
    },
  };
}
