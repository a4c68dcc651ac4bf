import { InvalidError } from '@fairlead/domain';

/** This machine can't run the PostgreSQL that we bring; another one can always be used. */
export function unavailable(reason: string, cause?: unknown): InvalidError {
  return new InvalidError('embedded-postgres-unavailable', reason, {
    hint: 'set database.url to a PostgreSQL 16 or newer',
    ...(cause === undefined ? {} : { cause }),
  });
}
