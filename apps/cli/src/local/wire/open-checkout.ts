import { findRepository, type Checkout } from '@fairlead/adapters/git';
import { wasmRenderer } from '@fairlead/adapters/renderer';
import type { Renderer } from '@fairlead/engine';
import type { Terminal } from '../../terminal.ts';
import { UsageError } from '../../usage-error.ts';
import { findPlace, type Place } from '../find-place.ts';

/** A place in a Git checkout, for a command that has no use for a folder without Git. */
export interface OpenCheckout extends Place, AsyncDisposable {
  readonly checkout: Checkout;
  readonly renderer: Renderer;
}

export async function openCheckout(terminal: Terminal, path = '.'): Promise<OpenCheckout> {
  const found: { checkout: Checkout | 'absent' } = { checkout: 'absent' };
  const place = await findPlace(terminal.cwd, path, async (directory) => {
    found.checkout = await findRepository(directory, terminal.env);
    return found.checkout === 'absent' ? undefined : found.checkout.root;
  });
  const { checkout } = found;
  if (checkout === 'absent') {
    throw new UsageError(`${place.root} is in no Git repository`, 'Fairlead works on commits: git init, git add and git commit first');
  }
  const renderer = wasmRenderer();
  return {
    ...place,
    checkout,
    renderer,
    async [Symbol.asyncDispose]() {
      await renderer[Symbol.asyncDispose]();
      await checkout[Symbol.asyncDispose]();
    },
  };
}
