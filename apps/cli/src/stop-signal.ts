export type StopSignal = 'SIGINT' | 'SIGTERM';

/** Settles with the first request to stop. The second one of a kind ends the process at once, as it does by default. */
export function stopSignal(process: NodeJS.Process): Promise<StopSignal> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        resolve(signal);
      });
    }
  });
}
