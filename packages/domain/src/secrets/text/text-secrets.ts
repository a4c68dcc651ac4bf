import { AnchorIndex } from './anchor-index.ts';
import { addressCredentials } from './address-credentials.ts';
import { bootstrapToken, clusterTokens } from './cluster-tokens.ts';
import { commandCredentials } from './command-credentials.ts';
import { connectionStrings } from './connection-strings.ts';
import { privateKeys } from './private-keys.ts';
import type { TextSecret } from './text-secret.ts';
import { providerTokens } from './tokens/provider-tokens.ts';

const index = new AnchorIndex([
  ...privateKeys,
  ...clusterTokens,
  ...addressCredentials,
  ...connectionStrings,
  ...commandCredentials,
  ...providerTokens,
]);

/** The secrets that any text shows by their own shape, in order, none inside another. Made for text that has no structure or whose structure
 *  says nothing: the time depends on the length alone. */
export function textSecrets(text: string): readonly TextSecret[] {
  const found: TextSecret[] = [];
  for (const { pattern, at } of index.hits(text)) {
    const secret = pattern.find(text, at);
    if (secret !== undefined) found.push(secret);
  }
  for (let at = text.indexOf('.'); at >= 0; at = text.indexOf('.', at + 1)) {
    const secret = bootstrapToken(text, at);
    if (secret !== undefined) found.push(secret);
  }
  return withoutOverlap(found);
}

/** A token inside of an address says more than the address, else the longer one does. */
function withoutOverlap(found: readonly TextSecret[]): readonly TextSecret[] {
  const kept: TextSecret[] = [];
  for (const secret of found.toSorted((one, other) => one.start - other.start || other.end - one.end)) {
    const last = kept.at(-1);
    if (last === undefined || secret.start >= last.end) kept.push(secret);
    else if (last.rule === 'S09' && secret.rule !== 'S09') kept.splice(-1, 1, secret);
  }
  return kept;
}
