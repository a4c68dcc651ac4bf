import { describe, expect, it } from 'vitest';
import { judgeFreshness } from './image-labels.ts';

const commit = 'abcdef1234'.repeat(4);
const source = 'https://git.example.com/team/shop';
const built = { repository: `${source}.git`, commit };
const old = 'f'.repeat(40);

describe('an image', () => {
  it.each([
    ['labelled with the commit', [{ revision: commit, source }], { kind: 'fresh' }],
    ['labelled with a short commit', [{ revision: commit.slice(0, 7), source }], { kind: 'fresh' }],
    ['labelled with a commit, and no source', [{ revision: commit }], { kind: 'fresh' }],
    ['of an earlier commit', [{ revision: old, source }], { kind: 'stale', revision: old }],
    ['of a dirty checkout', [{ revision: `${commit}-dirty`, source }], { kind: 'stale', revision: `${commit}-dirty` }],
    [
      'of which one platform is stale',
      [
        { revision: commit, source },
        { revision: old, source },
      ],
      { kind: 'stale', revision: old },
    ],
    ['without labels', [{}], { kind: 'unlabelled' }],
    ['of which one platform has none', [{ revision: commit }, {}], { kind: 'unlabelled' }],
    ['with labels of its base image', [{ revision: old, source: 'https://github.com/nodejs/docker-node' }], { kind: 'foreign' }],
    ['nobody looked at', [], { kind: 'unlabelled' }],
  ])('%s is judged by that', (_what, platforms, expected) => {
    expect(judgeFreshness(platforms, built)).toMatchObject(expected);
  });
});
