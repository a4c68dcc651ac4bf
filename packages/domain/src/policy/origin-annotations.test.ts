import { describe, expect, it } from 'vitest';
import { originOf, withOriginAnnotations } from './origin-annotations.ts';

describe('withOriginAnnotations', () => {
  it.each([
    ['resources: [a.yaml] # one\n', 'resources: [ a.yaml ] # one\nbuildMetadata:\n  - originAnnotations\n'],
    ['buildMetadata: [managedByLabel]\n', 'buildMetadata: [ managedByLabel, originAnnotations ]\n'],
  ])('asks for origins in %j', (text, asked) => {
    expect(withOriginAnnotations(text)).toBe(asked);
  });

  it.each(['', '- a\n', 'a: [\n'])('leaves %j alone', (text) => {
    expect(withOriginAnnotations(text)).toBeUndefined();
  });
});

describe('originOf', () => {
  const annotated = (origin: string) => ({ metadata: { annotations: { 'config.kubernetes.io/origin': origin } } });

  it.each([
    ['path: ../base/api.yaml\n', '../base/api.yaml'],
    ['configuredIn: kustomization.yaml\nconfiguredBy:\n  apiVersion: builtin\n  kind: SecretGenerator\n', 'kustomization.yaml'],
  ])('reads %j', (origin, path) => {
    expect(originOf(annotated(origin))).toBe(path);
  });

  it('reads nothing where kustomize said nothing', () => {
    expect([{}, { metadata: { annotations: null } }, annotated('repo: x')].map(originOf)).toEqual([undefined, undefined, undefined]);
  });
});
