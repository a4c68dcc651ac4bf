import { expect, it } from 'vitest';
import { digestOfImageId } from './image-id.ts';

const digest = `sha256:${'a'.repeat(64)}`;

it.each([
  `registry.example.com:5000/pc/api@${digest}`,
  `docker-pullable://registry.example.com/pc/api@${digest}`,
  `docker://${digest}`,
  digest,
])('finds the digest in %s', (imageId) => {
  expect(digestOfImageId(imageId)).toBe(digest);
});

it.each(['', 'registry.example.com/pc/api:1.0', 'sha256:abc', `${digest}0`, `x@sha256:${'A'.repeat(64)}`])(
  'finds none in %j',
  (imageId) => {
    expect(digestOfImageId(imageId)).toBeUndefined();
  },
);
