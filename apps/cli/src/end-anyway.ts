/** Ends the process in a while though something of it still lives: what is left open at the end is our fault, and no reason to stay. `tell` is given what it was. */
export function endAnyway(process: NodeJS.Process, afterMs: number, tell: (left: readonly string[]) => void): void {
  const timer = setTimeout(() => {
    tell(process.getActiveResourcesInfo());
    process.exit();
  }, afterMs);
  timer.unref();
}
