import { UsageError } from './usage-error.ts';

/** `SERVICE/ENV` in its two parts. */
export function environmentOf(word: string | undefined): { readonly service: string; readonly environment: string } {
  const [service, environment, more] = (word ?? '').replace(/^environment\//, '').split('/');
  if (service === undefined || service === '' || environment === undefined || environment === '' || more !== undefined) {
    throw new UsageError(`${JSON.stringify(word ?? '')} names no environment`, 'give it as SERVICE/ENV, such as platform-control/staging');
  }
  return { service, environment };
}
