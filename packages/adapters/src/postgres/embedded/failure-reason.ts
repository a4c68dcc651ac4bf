const noSpace = 'No space left on device';

/** Why PostgreSQL ended, in one line of its log. A full disk comes first: what follows from it says less. */
export function failureReason(log: string): string {
  const lines = log.trim().split('\n');
  const line =
    lines.find((text) => text.includes(noSpace)) ?? lines.findLast((text) => /\b(PANIC|FATAL|error):/.test(text)) ?? lines.at(-1) ?? '';
  return line.replace(/^.*?\b(PANIC|FATAL|ERROR|LOG|error): +/, '').trim();
}

export function isDiskFull(reason: string): boolean {
  return reason.includes(noSpace);
}
