import { stat } from 'node:fs/promises';
import { contextFilePath, currentContext } from '../../client/context-file.ts';
import type { Terminal } from '../../terminal.ts';
import { UsageError } from '../../usage-error.ts';
import type { Diagnosis } from './diagnosis.ts';

const name = 'configuration';

export async function diagnoseConfiguration(terminal: Terminal): Promise<Diagnosis> {
  const path = contextFilePath(terminal);
  const file = await stat(path).catch(() => undefined);
  if (file === undefined) return { name, status: 'ok', detail: 'none yet: nobody has signed in to a server' };
  if ((file.mode & 0o077) !== 0) {
    const mode = (file.mode & 0o777).toString(8).padStart(4, '0');
    return { name, status: 'fail', detail: `${path} has mode ${mode}: others can read its tokens`, fix: `chmod 600 ${path}` };
  }
  try {
    await currentContext(terminal);
    return { name, status: 'ok', detail: path };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return {
      name,
      status: 'fail',
      detail: error.message,
      ...(error instanceof UsageError && error.hint !== undefined ? { fix: error.hint } : {}),
    };
  }
}
