import type { TextPattern } from '../text-pattern.ts';
import { cloudTokens } from './cloud-tokens.ts';
import { codeTokens } from './code-tokens.ts';
import { namedKeys } from './named-keys.ts';
import { publicExamples } from './public-examples.ts';
import { serviceTokens } from './service-tokens.ts';
import { tokenPattern } from './token-shape.ts';

/** A table of our own and not a scanner's rules as a library: those read a file once for each of their rules, know files and not strings, and
 *  give the value along with what they find. */
export const providerTokens: readonly TextPattern[] = [
  ...[...codeTokens, ...cloudTokens, ...serviceTokens].map(tokenPattern),
  ...namedKeys,
  ...publicExamples,
];
