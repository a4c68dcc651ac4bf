import { ExceptionId } from '@fairlead/domain';
import { UsageError } from './usage-error.ts';

export function exceptionIdOf(word: string | undefined): ExceptionId {
  const id = ExceptionId.safeParse((word ?? '').replace(/^exception\//, ''));
  if (id.success) return id.data;
  throw new UsageError(`${JSON.stringify(word ?? '')} is no exception id`, 'fairlead exception list');
}
