import { ApiError } from '@fairlead/api';
import { FairleadError } from '@fairlead/domain';
import { CommanderError } from 'commander';
import { ContentError } from './content-error.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { UsageError } from './usage-error.ts';

/** What went wrong, for a person and for the shell. */
export interface Failure {
  readonly exit: ExitCode;
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly requestId?: string;
  readonly details?: readonly string[];
  /** Our own fault: its stack is shown. */
  readonly stack?: string;
}

/** The one mapping from a fault to an exit code. */
export function failureOf(error: unknown): Failure {
  if (error instanceof ApiError) return ofApi(error);
  if (error instanceof UsageError) return { exit: exitCode.usage, code: 'usage', message: error.message, ...hinted(error.hint) };
  if (error instanceof ContentError) {
    return { exit: exitCode.contentSaysNo, code: error.code, message: error.message, details: error.details };
  }
  if (error instanceof CommanderError)
    return { exit: error.exitCode === 0 ? exitCode.done : exitCode.usage, code: 'usage', message: error.message.replace(/^error: /, '') };
  if (error instanceof FairleadError) return { exit: ofKind(error), code: error.code, message: error.message, ...hinted(error.hint) };
  const fault = error instanceof Error ? error : new Error(String(error));
  return {
    exit: exitCode.internal,
    code: 'internal-fault',
    message: `internal fault: ${fault.message}`,
    hint: 'this is a fault of Fairlead: please report it with the lines above',
    ...(fault.stack === undefined ? {} : { stack: fault.stack }),
  };
}

/** Where the data directory, its version, a key, a kubeconfig or a port is the matter, the installation is wrong, not the content. */
const installationCodes: readonly RegExp[] = [
  /^data-directory-/,
  /^database-(?!unreachable)/,
  /^kubeconfig-/,
  /^key-file-/,
  /^log-key-/,
  /^(address-(in-use|unusable)|configuration-invalid|cluster-unknown|repository-unusable|url-invalid|credentials-in-url)$/,
  /^(embedded-postgres-unavailable|directory-unreachable|socket-directory-foreign)$/,
];

function ofKind(error: FairleadError): ExitCode {
  if (installationCodes.some((codes) => codes.test(error.code))) return exitCode.usage;
  switch (error.kind) {
    case 'invalid':
      return exitCode.contentSaysNo;
    case 'not-found':
      return exitCode.notFound;
    case 'conflict':
      return exitCode.refused;
    case 'forbidden':
      return exitCode.notSignedIn;
    case 'upstream':
      return exitCode.unreachable;
    case 'invariant':
      return exitCode.internal;
  }
}

const exitOfStatus: Readonly<Record<number, ExitCode>> = {
  400: exitCode.usage,
  401: exitCode.notSignedIn,
  403: exitCode.notSignedIn,
  404: exitCode.notFound,
  409: exitCode.refused,
  422: exitCode.contentSaysNo,
};

function ofApi({ problem }: ApiError): Failure {
  const { status, code, title, hint, requestId, blockers, problems } = problem;
  return {
    exit: exitOfStatus[status] ?? (status === 500 ? exitCode.internal : status > 500 ? exitCode.unreachable : exitCode.refused),
    code,
    message: title,
    ...hinted(hint),
    requestId,
    details: [
      ...(blockers ?? []).map(
        (blocker) => `${blocker.gate}: ${blocker.message}\n    expected: ${blocker.expected}\n    fix: ${blocker.fix}`,
      ),
      ...(problems ?? []).map(({ file, line, column, message }) => `${file}:${String(line)}:${String(column)}: ${message}`),
    ],
  };
}

function hinted(hint: string | undefined): { readonly hint?: string } {
  return hint === undefined ? {} : { hint };
}
