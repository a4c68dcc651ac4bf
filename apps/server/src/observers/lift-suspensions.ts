import { liftSuspensions, type EnginePorts } from '@fairlead/engine';
import type { Log } from '../log.ts';

const everyMs = 15_000;

/** Ends suspensions whose time is over, as long as the server runs: nobody has to remember. */
export function liftSuspensionsInTime(ports: EnginePorts, log: Log): AsyncDisposable {
  let lifting: Promise<void> | undefined;
  const lift = async (): Promise<void> => {
    for (const error of await liftSuspensions(ports)) log('suspension-not-lifted', { error });
  };
  const liftOnce = (): void => {
    lifting ??= lift()
      .catch((error: unknown) => {
        log('suspensions-failed', { error });
      })
      .finally(() => (lifting = undefined));
  };
  liftOnce();
  const timer = setInterval(liftOnce, everyMs);
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await lifting;
    },
  };
}
