import { describe, expect, it } from 'vitest';
import { Digest } from '../evidence/digest.ts';
import { imageRef, ImageRef, ImageRepository } from './image-ref.ts';

const digest = `sha256:${'a'.repeat(64)}`;

describe('an image repository', () => {
  it.each(['api', 'library/api', 'registry.example.com/a/b/c', 'localhost:5000/a', '[::1]:5000/a', '10.0.0.1/a', 'ghcr.io/x/y_z-1.2__3'])(
    'may be %s',
    (text) => {
      expect(ImageRepository.safeParse(text).success).toBe(true);
      expect(ImageRef.safeParse(`${text}@${digest}`).success).toBe(true);
    },
  );

  it.each(['', 'api:1', 'a/b:latest', `a@${digest}`, 'A', 'a//b', '/a', 'a/', 'a b', 'a_-b', 'https://a/b', 'a'.repeat(256), 'a\n'])(
    'may not be %j',
    (text) => {
      expect(ImageRepository.safeParse(text).success).toBe(false);
    },
  );
});

describe('an image reference', () => {
  it.each(['api', 'api:1', `api:1@${digest}`, 'api@sha256:abc', `@${digest}`, `api@${digest} `])('may not be %j', (text) => {
    expect(ImageRef.safeParse(text).success).toBe(false);
  });

  it('joins a repository and a digest', () => {
    expect(imageRef({ repository: ImageRepository.parse('r.example.com/a'), digest: Digest.parse(digest) })).toBe(
      `r.example.com/a@${digest}`,
    );
  });
});
