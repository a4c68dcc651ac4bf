import type { FindingSeverity } from '../../../policy/rule.ts';
import { base62, crc32 } from '../crc32.ts';
import { isMadeUp } from '../made-up.ts';
import { isStart, type TextPattern } from '../text-pattern.ts';
import type { TextSecret } from '../text-secret.ts';

/** What a provider's tokens look like. */
export interface TokenShape {
  /** In words, with its article. */
  readonly what: string;
  /** How one begins; what is looked for. */
  readonly starts: readonly string[];
  /** What follows, as a regular expression of bounded length. */
  readonly body: string;
  /** What may not follow; without it a letter, a digit, `_` or `-`. */
  readonly end?: string;
  /** What comes before `starts`, where a token begins with chance; at most 64 letters. */
  readonly lead?: string;
  /** The last six letters are the CRC-32 of those after the prefix, as GitHub and npm have it. */
  readonly checksum?: 'base62-crc32';
  readonly severity?: FindingSeverity;
}

export function tokenPattern(shape: TokenShape): TextPattern {
  const starts = shape.starts.map((start) => start.replaceAll(/[$.*+?^()[\]{}|/\\]/g, String.raw`\$&`)).join('|');
  const token = new RegExp(`(?:${starts})(${shape.body})(?!${shape.end ?? String.raw`[\w-]`})`, 'y');
  const lead = shape.lead === undefined ? undefined : new RegExp(`(?:^|[^A-Za-z0-9])(${shape.lead})$`);
  // Of a run of such letters only the first can begin a token; else a long run of starts would be read again from each.
  const joined = /\\w|-\]/.test(shape.body);
  return {
    anchors: shape.starts,
    find: (text, at) => {
      const start = startOf(text, at, lead);
      if (start === undefined || (joined && /[_-]/.test(text.charAt(start - 1)))) return undefined;
      token.lastIndex = at;
      const body = token.exec(text)?.[1];
      return body === undefined || isMadeUp(body) ? undefined : secretOf(shape, { start, end: token.lastIndex }, body);
    },
  };
}

function startOf(text: string, at: number, lead: RegExp | undefined): number | undefined {
  if (lead === undefined) return isStart(text, at) ? at : undefined;
  const before = lead.exec(text.slice(Math.max(0, at - 65), at))?.[1];
  return before === undefined ? undefined : at - before.length;
}

/** A checksum that is wrong says that nobody issued the token: worth a look, not a stop. */
function secretOf({ what, checksum, severity }: TokenShape, place: Pick<TextSecret, 'start' | 'end'>, body: string): TextSecret {
  const wrong = checksum !== undefined && base62(crc32(body.slice(0, -6))) !== body.slice(-6);
  if (wrong) return { rule: 'S14', ...place, what: `${what}, though its checksum is wrong`, severity: 'warning' };
  return { rule: 'S14', ...place, what, ...(severity === undefined ? {} : { severity }) };
}
