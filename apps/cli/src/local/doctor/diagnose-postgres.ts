import { FairleadError } from '@fairlead/domain';
import { bundledPostgres } from '../wire.ts';
import type { Diagnosis } from './diagnosis.ts';

/** Only a server needs it, and one can be given a database of its own. */
export async function diagnosePostgres(): Promise<Diagnosis> {
  try {
    return { name: 'postgresql', status: 'ok', detail: `programs ${await bundledPostgres()} for ${process.platform}-${process.arch}` };
  } catch (error) {
    if (!(error instanceof FairleadError)) throw error;
    const fix = 'only for fairlead server: give it database.url, or install without --omit=optional';
    return { name: 'postgresql', status: 'warn', detail: error.message, fix };
  }
}
