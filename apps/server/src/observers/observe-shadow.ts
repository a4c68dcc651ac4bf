import { ShadowObservers, type EnginePorts } from '@fairlead/engine';
import type { Log } from '../log.ts';
import type { TargetListener } from './target-listener.ts';

/** A third of a lease's life: two of them may be late. */
const tickMs = 5_000;

/** Looks at what is declared and was never promoted to. It asks, and never writes to a cluster or to Git. */
export function observeShadow(ports: EnginePorts, log: Log): TargetListener & AsyncDisposable {
  const faults = new Map<string, string>();
  const observers = new ShadowObservers(ports, {
    onFault: (error, environment) => {
      // One that stays away is told of once.
      const message = error instanceof Error ? error.message : String(error);
      if (faults.get(environment) !== message) log('shadow-observer-failed', { environment, error });
      faults.set(environment, message);
    },
  });
  const tick = (): void => {
    void observers.tick().catch((error: unknown) => {
      log('shadow-observer-failed', { error });
    });
  };
  const timer = setInterval(tick, tickMs);
  return {
    setTargets(targets) {
      observers.setTargets(targets);
      tick();
    },
    changed(target) {
      observers.changed(target);
      tick();
    },
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await observers.stop();
    },
  };
}
