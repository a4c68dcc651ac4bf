import { describe, expect, it } from 'vitest';
import { imageId } from './kubelet.ts';

const digest = `sha256:${'a'.repeat(64)}`;

describe('imageId', () => {
  it('is the repository with the digest that the image names', () => {
    expect(imageId(`registry.test:5000/shop/web@${digest}`)).toBe(`registry.test:5000/shop/web@${digest}`);
    expect(imageId(`registry.test/web:1.2@${digest}`)).toBe(`registry.test/web@${digest}`);
  });

  it('makes up the same digest for the same tag', () => {
    expect(imageId('registry.test:5000/web:1.2')).toMatch(/^registry\.test:5000\/web@sha256:[0-9a-f]{64}$/);
    expect(imageId('web:1')).toBe(imageId('web:1'));
    expect(imageId('web:1')).not.toBe(imageId('web:2'));
  });
});
