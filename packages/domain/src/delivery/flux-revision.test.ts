import { describe, expect, it } from 'vitest';
import { commit } from './fixtures/delivered-example.ts';
import { commitOfOrigin, commitOfRevision } from './flux-revision.ts';

describe('a revision', () => {
  it.each([`main@sha1:${commit}`, `refs/heads/main@sha1:${commit}`, `v1.2.3@sha1:${commit}`, `sha1:${commit}`, `a@b@sha1:${commit}`])(
    'of Git names its commit: %s',
    (revision) => {
      expect(commitOfRevision(revision)).toBe(commit);
    },
  );

  it.each([
    `main/${commit}`,
    commit,
    `main@sha1:${commit.slice(1)}`,
    `main@sha1:${commit}0`,
    `main@sha256:${commit}`,
    `main@<unknown>:${commit}`,
    `@sha1:${commit}`,
    ` main@sha1:${commit}`,
    `main@sha1:${commit}\n`,
    `main@sha1:${commit.toUpperCase()}`,
    'main',
    '',
  ])('of any other form names none: %j', (revision) => {
    expect(commitOfRevision(revision)).toBeUndefined();
  });

  it.each([`main@sha1:${commit}`, `6.1.8/${commit}`, commit, `sha1:${commit}`])('of an origin is written in several ways: %s', (origin) => {
    expect(commitOfOrigin(origin)).toBe(commit);
  });

  it.each([`latest@sha256:${'e'.repeat(64)}`, `x${commit}`, 'main'])('of an origin that is no commit names none: %s', (origin) => {
    expect(commitOfOrigin(origin)).toBeUndefined();
  });
});
