import { z } from 'zod';
import { hostPattern, portPattern } from '../document/host-pattern.ts';
import type { Digest } from '../evidence/digest.ts';

const step = String.raw`[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*`;
const repository = String.raw`(?=[^@]{1,255}(?:@|$))(?:${hostPattern}${portPattern}?/)?${step}(?:/${step})*`;

/** Where an image is kept, without tag or digest: a tag decides nothing. */
export const ImageRepository = z
  .string()
  .regex(new RegExp(`^${repository}$`), 'expected an image repository without tag or digest')
  .brand<'ImageRepository'>();
export type ImageRepository = z.infer<typeof ImageRepository>;

/** `repository@sha256:…`: exactly one image. */
export const ImageRef = z
  .string()
  .regex(new RegExp(`^${repository}@sha256:[0-9a-f]{64}$`), 'expected an image pinned as repository@sha256:… without a tag')
  .brand<'ImageRef'>();
export type ImageRef = z.infer<typeof ImageRef>;

export function imageRef(image: { readonly repository: ImageRepository; readonly digest: Digest }): ImageRef {
  return ImageRef.parse(`${image.repository}@${image.digest}`);
}
