import type { Terminal } from '../../terminal.ts';
import { openWorld } from '../wire.ts';
import type { Diagnosis } from './diagnosis.ts';

const name = 'checkout';

/** Where the offline commands would work from here. */
export async function diagnoseCheckout(terminal: Terminal): Promise<Diagnosis> {
  try {
    await using world = await openWorld(terminal);
    const { checkout, root } = world;
    if (checkout === 'absent') {
      return {
        name,
        status: 'warn',
        detail: `${root} is under no Git repository`,
        fix: 'only for diff and release create: run them in a checkout',
      };
    }
    const base = checkout.defaultBranch === 'absent' ? 'no default branch' : `default branch ${checkout.defaultBranch.name}`;
    return { name, status: 'ok', detail: `${root}, ${base}` };
  } catch (error) {
    return {
      name,
      status: 'fail',
      detail: error instanceof Error ? error.message : String(error),
      fix: 'make the repository readable for you',
    };
  }
}
