import { describe, expect, it } from 'vitest';
import { desiredDigest } from './desired-digest.ts';
import { objectRefOf } from './object-ref-of.ts';

const configMap = (name: string, value: string) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'pc' },
  data: { value },
});

describe('desiredDigest', () => {
  it('is the same for any order of objects', () => {
    const [one, two] = [configMap('one', 'a'), configMap('two', 'b')];

    expect(desiredDigest([two, one])).toBe(desiredDigest([one, two]));
  });

  it('changes with a value, an object more and an object less', () => {
    const digests = [[configMap('one', 'a')], [configMap('one', 'b')], [configMap('one', 'a'), configMap('two', 'b')], []].map(
      desiredDigest,
    );

    expect(new Set(digests).size).toBe(4);
  });
});

describe('objectRefOf', () => {
  it('splits group and version, and leaves an absent namespace out', () => {
    expect(objectRefOf({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'api' } })).toEqual({
      group: 'apps',
      version: 'v1',
      kind: 'Deployment',
      name: 'api',
    });
    expect(objectRefOf(configMap('one', 'a'))).toEqual({ group: '', version: 'v1', kind: 'ConfigMap', namespace: 'pc', name: 'one' });
  });

  it('takes what is missing or no text for nothing', () => {
    expect(objectRefOf({ kind: 7, metadata: [] })).toEqual({ group: '', version: '', kind: '', name: '' });
  });
});
