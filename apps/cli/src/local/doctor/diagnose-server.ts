import { connect } from '../../client/connect.ts';
import { failureOf } from '../../exit.ts';
import type { Terminal } from '../../terminal.ts';
import type { Diagnosis } from './diagnosis.ts';

const name = 'server';

/** Whether the server that is signed in to answers, and knows us. */
export async function diagnoseServer(terminal: Terminal): Promise<Diagnosis> {
  try {
    const { user, role } = await (await connect(terminal))('whoami', {});
    return { name, status: 'ok', detail: `it knows ${user} as ${role}` };
  } catch (error) {
    const { code, message, hint } = failureOf(error);
    if (code === 'not-signed-in') return { name, status: 'ok', detail: 'not signed in; offline commands need none' };
    return { name, status: 'fail', detail: message, ...(hint === undefined ? {} : { fix: hint }) };
  }
}
