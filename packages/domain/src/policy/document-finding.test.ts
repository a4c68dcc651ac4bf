import { describe, expect, it } from 'vitest';
import { readReleaseManifestRef } from '../release/release-manifest-ref.ts';
import { documentFinding } from './document-finding.ts';

function findingsOf(text: string) {
  const read = readReleaseManifestRef(text, 'f.ref');
  return read.kind === 'invalid' ? read.problems.map((problem) => documentFinding(problem, 'release-ref-invalid')) : [];
}

describe('documentFinding', () => {
  it('tells what cannot be read from what does not hold', () => {
    expect(findingsOf('a: [1').map(({ rule }) => rule)).toEqual(['document-unparsable']);
    expect(findingsOf('apiVersion: fairlead.dev/v1\nkind: Service\n').map(({ rule, line }) => [rule, line])).toEqual([
      ['release-ref-invalid', 2],
    ]);
  });

  it('keeps the hint as the fix', () => {
    const [finding] = findingsOf('apiVersion: fairlead.dev/v1\nkind: ReleaseManifestReff\n');

    expect(finding?.fix).toBe('did you mean ReleaseManifestRef?');
  });
});
