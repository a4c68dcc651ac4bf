import { memorySnapshot } from '@fairlead/renderer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { listAt, objectAt, textAt } from '../json/json.ts';
import { conditionOf } from '../kube/conditions.ts';
import { webOverlay } from '../testing/web-app.ts';
import { createNamespace, fluxWorld, type FluxWorld } from './testing/flux-world.ts';
import { isReady } from './testing/steps.ts';
import { type OciArtifact } from './source/oci-source.ts';

const commit = 'a'.repeat(40);
const digest = `sha256:${'b'.repeat(64)}`;
const url = 'oci://registry.example.test/manifests';

let world: FluxWorld;

beforeAll(async () => {
  const artifact: OciArtifact = {
    digest,
    files: memorySnapshot(webOverlay('oci')),
    annotations: { 'org.opencontainers.image.revision': `main@sha1:${commit}` },
  };
  world = await fluxWorld({
    pullArtifact: (wanted, reference) => Promise.resolve(wanted === url && reference !== 'none' ? artifact : undefined),
  });
  await createNamespace(world.client, 'ns-oci');
});

afterAll(() => world[Symbol.asyncDispose]());

describe('an OCI source', () => {
  it.each([
    ['tagged', { tag: 'staging' }, `staging@${digest}`],
    ['pinned', { digest }, digest],
  ])('names its revision by what it follows: %s', async (name, ref, revision) => {
    await world.create('OCIRepository', name, { interval: '1h', url, ref });

    const stored = await world.until('OCIRepository', name, (object) => textAt(object, 'status', 'artifact', 'revision') !== undefined);

    expect(textAt(stored, 'status', 'artifact', 'revision')).toBe(revision);
    expect(objectAt(stored, 'status', 'artifact', 'metadata')).toEqual({ 'org.opencontainers.image.revision': `main@sha1:${commit}` });
  });

  it('hides the commit behind its own revision, and hands on the origin', async () => {
    const sourceRef = { kind: 'OCIRepository', name: 'tagged' };
    await world.create('Kustomization', 'oci', {
      interval: '1h',
      prune: true,
      path: './overlays/oci',
      targetNamespace: 'ns-oci',
      sourceRef,
    });

    const delivered = await world.until('Kustomization', 'oci', (object) => textAt(object, 'status', 'lastAppliedRevision') !== undefined);

    expect(isReady(delivered)).toBe(true);
    expect(textAt(delivered, 'status', 'lastAppliedRevision')).toBe(`staging@${digest}`);
    expect(textAt(delivered, 'status', 'lastAppliedOriginRevision')).toBe(`main@sha1:${commit}`);
    expect(objectAt(listAt(delivered, 'status', 'history')[0], 'metadata')).toEqual({
      revision: `staging@${digest}`,
      originRevision: `main@sha1:${commit}`,
    });
  });

  it('says that the registry has nothing', async () => {
    await world.create('OCIRepository', 'none', { interval: '1h', url, ref: { tag: 'none' } });

    const failed = await world.until('OCIRepository', 'none', (object) => conditionOf(object, 'FetchFailed') !== undefined);

    expect(conditionOf(failed, 'Ready')).toMatchObject({ status: 'False', reason: 'OCIArtifactPullFailed' });
    await world.patch('OCIRepository', 'none', { spec: { suspend: true } });
  });
});
