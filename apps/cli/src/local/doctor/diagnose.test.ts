import { describe, expect, it } from 'vitest';
import { judgeGit } from './diagnose-git.ts';
import { diagnoseNode } from './diagnose-node.ts';

describe('judgeGit', () => {
  it.each([
    ['git version 2.38.0', 'ok'],
    ['git version 2.47.1.windows.2', 'ok'],
    ['git version 3.0.0', 'ok'],
    ['git version 2.39.5 (Apple Git-154)', 'ok'],
    ['git version 2.37.9', 'fail'],
    ['git version 1.99.0', 'fail'],
    ['what?', 'fail'],
    [undefined, 'fail'],
  ])('finds %s %s', (said, status) => {
    expect(judgeGit(said).status).toBe(status);
  });
});

describe('diagnoseNode', () => {
  it.each([
    ['v24.0.0', 'ok'],
    ['v100.1.0', 'ok'],
    ['v22.20.0', 'fail'],
  ])('finds %s %s', (version, status) => {
    expect(diagnoseNode(version).status).toBe(status);
  });
});
