import { setImmediate } from 'node:timers/promises';
import { DriftObservers, type EnginePorts } from '@fairlead/engine';
import type { Log } from '../log.ts';
import type { TargetListener } from './target-listener.ts';

/** A third of a lease's life: two of them may be late. */
const tickMs = 5_000;

/** Watches the live objects of what is declared, in the clusters that no other server watches. */
export function observeDrift(ports: EnginePorts, log: Log, observer: string): TargetListener & AsyncDisposable {
  const faults = new Map<string, string>();
  const observers = new DriftObservers(ports, {
    observer,
    breathe: () => setImmediate(),
    onFault: (error, { cluster, target }) => {
      // One that stays away is told of once.
      const [name, message] = [`${cluster} ${target ?? ''}`, error instanceof Error ? error.message : String(error)];
      if (faults.get(name) !== message) log('drift-observer-failed', { cluster, ...(target === undefined ? {} : { target }), error });
      faults.set(name, message);
    },
  });
  const tick = (): void => {
    void observers.tick().catch((error: unknown) => {
      log('drift-observer-failed', { error });
    });
  };
  const timer = setInterval(tick, tickMs);
  return {
    setTargets(targets) {
      observers.setTargets(targets);
      tick();
    },
    changed: (target) => {
      observers.changed(target);
    },
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await observers.stop();
    },
  };
}
