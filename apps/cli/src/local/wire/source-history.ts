import type { Checkout } from '@fairlead/adapters/git';
import type { SourceHistory } from '@fairlead/engine';
import { isOn } from './draft.ts';

/** What the checkout knows of where releases come from. */
export function sourceHistory(checkout: Checkout | 'absent'): { readonly source?: SourceHistory } {
  if (checkout === 'absent') return {};
  const { origin } = checkout;
  return {
    source: {
      ...(origin === undefined ? {} : { origin }),
      async isOn(commit, ref) {
        return (await checkout.resolve(commit)) === 'absent' ? 'unknown' : isOn(checkout, commit, ref);
      },
    },
  };
}
