/** What a caller can't decide. `hint` says what to do next; the message never holds a secret. */
export abstract class FairleadError extends Error {
  abstract readonly kind: 'invalid' | 'not-found' | 'conflict' | 'forbidden' | 'upstream' | 'invariant';
  readonly code: string;
  readonly hint: string | undefined;

  constructor(code: string, message: string, options: { readonly hint?: string; readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.hint = options.hint;
  }
}

/** The input breaks a rule; the message names the thing and its value. */
export class InvalidError extends FairleadError {
  readonly kind = 'invalid';
}

export class NotFoundError extends FairleadError {
  readonly kind = 'not-found';
}

/** The world moved on, or another holder has the thing. */
export class ConflictError extends FairleadError {
  readonly kind = 'conflict';
}

export class ForbiddenError extends FairleadError {
  readonly kind = 'forbidden';
}

/** Another system didn't answer as documented. */
export class UpstreamError extends FairleadError {
  readonly kind = 'upstream';
  readonly provider: string;
  readonly retryable: boolean;

  constructor(
    code: string,
    message: string,
    options: { readonly provider: string; readonly retryable: boolean; readonly hint?: string; readonly cause?: unknown },
  ) {
    super(code, message, options);
    this.provider = options.provider;
    this.retryable = options.retryable;
  }
}

/** Our own fault: a state that can't be. */
export class InvariantError extends FairleadError {
  readonly kind = 'invariant';
}
