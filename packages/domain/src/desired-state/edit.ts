import { z } from 'zod';
import { RepoPath } from '../document/repo-path.ts';
import { ObjectSha } from './commit-sha.ts';

export const FileMode = z.enum(['100644', '100755']);
export type FileMode = z.infer<typeof FileMode>;

const offset = z.int().nonnegative();

/** One change of one file in a plan. Ranges are UTF-16 offsets into the file's text at the plan's base, end exclusive. */
export const Edit = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('splice'), path: RepoPath, start: offset, end: offset, text: z.string() }).readonly(),
  z.object({ kind: z.literal('write'), path: RepoPath, text: z.string() }).readonly(),
  z.object({ kind: z.literal('copy'), path: RepoPath, mode: FileMode, from: RepoPath, blob: ObjectSha }).readonly(),
  z.object({ kind: z.literal('remove'), path: RepoPath }).readonly(),
]);
export type Edit = z.infer<typeof Edit>;
