/** The one table of exit codes. */
export const exitCode = {
  done: 0,
  contentSaysNo: 1,
  usage: 2,
  notSignedIn: 3,
  notFound: 4,
  refused: 5,
  timedOut: 6,
  unreachable: 7,
  partlyDone: 8,
  internal: 70,
  interrupted: 130,
} as const;
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
