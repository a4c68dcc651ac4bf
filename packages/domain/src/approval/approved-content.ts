import { digestOf, type Digest } from '../evidence/digest.ts';

/** What an approval binds: not a commit, but everything that decides what will run. `head` is present only where the head isn't the one that we planned. */
export interface ReviewedContent {
  readonly release: Digest;
  readonly edits: Digest;
  readonly before: Digest | 'absent';
  readonly after: Digest | 'not-renderable';
  readonly policy: Digest;
  readonly foreignHead?: string;
}

export function approvedContent(content: ReviewedContent): Digest {
  return digestOf({ ...content });
}
