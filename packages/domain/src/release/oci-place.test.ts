import { describe, expect, it } from 'vitest';
import { readOciPlace } from './oci-place.ts';

const digest = `sha256:${'a'.repeat(64)}`;

describe('a place in a registry', () => {
  it.each([
    ['oci://r.example.com/shop/releases', { repository: 'r.example.com/shop/releases' }],
    ['oci://r.example.com:5000/releases', { repository: 'r.example.com:5000/releases' }],
    ['oci://r.example.com:5000/releases:1.0', { repository: 'r.example.com:5000/releases', tag: '1.0' }],
    [`oci://r.example.com/releases@${digest}`, { repository: 'r.example.com/releases', digest }],
  ])('%s is read', (text, place) => {
    expect(readOciPlace(text)).toEqual(place);
  });

  it.each([
    'releases.yaml',
    'oci://',
    'oci://UPPER/Case',
    `oci://r.example.com/releases:1.0@${digest}`,
    'oci://r.example.com/releases@sha256:short',
    'https://r.example.com/releases',
    'oci://user:secret@r.example.com/releases',
  ])('%s is none', (text) => {
    expect(readOciPlace(text)).toBeUndefined();
  });
});
