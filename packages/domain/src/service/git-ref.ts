import { z } from 'zod';

const refused = String.raw`(?!.*(?:\.\.|@\{|//|/\.|\.lock(?:/|$)|\.$|/$))`;

/** A full ref name of a branch or tag, as `git check-ref-format` allows it. */
export const GitRef = z
  .string()
  .regex(new RegExp(String.raw`^${refused}refs/(?:heads|tags)/[^\s\x00-\x20\x7f~^:?*[\\.][^\s\x00-\x20\x7f~^:?*[\\]*$`), {
    error: 'expected a full ref such as refs/heads/main',
  })
  .brand<'GitRef'>();
export type GitRef = z.infer<typeof GitRef>;
