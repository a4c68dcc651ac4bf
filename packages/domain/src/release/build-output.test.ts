import { describe, expect, it } from 'vitest';
import { readBuildOutput } from './build-output.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const metadata = {
  'buildx.build.ref': 'builder/builder0/abc',
  'containerimage.config.digest': `sha256:${'c'.repeat(64)}`,
  'containerimage.descriptor': { mediaType: 'application/vnd.oci.image.index.v1+json', digest, size: 685 },
  'containerimage.digest': digest,
  'image.name': 'r.example.com:5000/shop/api:1.0,r.example.com:5000/shop/api:latest',
};

describe('the output of a build', () => {
  it.each([
    ['docker buildx', JSON.stringify(metadata, undefined, 2), [{ image: `r.example.com:5000/shop/api@${digest}` }]],
    ['docker buildx without a name', JSON.stringify({ 'containerimage.digest': digest }), [{ image: digest }]],
    [
      'docker buildx bake',
      JSON.stringify({ 'buildx.build.warnings': {}, api: metadata, web: { 'containerimage.digest': digest } }),
      [
        { name: 'api', image: `r.example.com:5000/shop/api@${digest}` },
        { name: 'web', image: digest },
      ],
    ],
    ['ko', `r.example.com/shop/api@${digest}\n`, [{ image: `r.example.com/shop/api@${digest}` }]],
    ['kaniko, the digest alone', digest, [{ image: digest }]],
    ['kaniko, with a tag', `r.example.com/shop/api:1.0@${digest}\r\n`, [{ image: `r.example.com/shop/api@${digest}` }]],
    [
      'a matrix in CI',
      JSON.stringify({ api: digest, web: `r.example.com/web@${digest}` }),
      [
        { name: 'api', image: digest },
        { name: 'web', image: `r.example.com/web@${digest}` },
      ],
    ],
  ])('of %s is read', (_what, text, images) => {
    expect(readBuildOutput(text)).toEqual({ kind: 'read', images });
  });

  it.each([
    [' \n', 'is empty'],
    ['{', 'is no JSON object'],
    ['{}', 'names no image'],
    ['{"api":"r.example.com/api:1.0"}', 'says no digest for "api"'],
    ['{"api":{"image.name":"r.example.com/api:1.0"}}', 'says no digest for "api"'],
    ['r.example.com/api:1.0', 'has a line without a digest'],
    [`${digest}\nsecond line`, 'has a line without a digest'],
  ])('%j is unreadable', (text, because) => {
    expect(readBuildOutput(text)).toEqual({ kind: 'unreadable', because });
  });
});
