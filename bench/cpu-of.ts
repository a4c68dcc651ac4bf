/** What the work cost this process in user CPU time: on a busy machine the clock measures the others too. Garbage collection on helper threads counts. */
export function cpuOf<T>(work: () => T): { readonly seconds: number; readonly result: T } {
  const before = process.cpuUsage();
  const result = work();
  return { seconds: process.cpuUsage(before).user / 1e6, result };
}
