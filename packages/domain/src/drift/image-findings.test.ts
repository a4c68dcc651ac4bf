import { describe, expect, it } from 'vitest';
import type { LiveContainer } from '../delivery/live-image.ts';
import type { JsonObject } from '../document/json.ts';
import { exampleRules, now } from './fixtures/drift-example.ts';
import { imageFindings } from './image-findings.ts';

const index = `sha256:${'1'.repeat(64)}`;
const platform = `sha256:${'2'.repeat(64)}`;
const other = `sha256:${'3'.repeat(64)}`;
const pinned = `registry.example.com/web@${index}`;

function deployment(image: string): JsonObject {
  const containers = [{ name: 'web', image }];
  const initContainers = [{ name: 'init', image: pinned }];
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop-dev' },
    spec: { template: { spec: { containers, initContainers } } },
  };
}

function container(change: Partial<LiveContainer> = {}): LiveContainer {
  const owner = { kind: 'ReplicaSet', name: 'web-5849b8fbfb' };
  return {
    namespace: 'shop-dev',
    pod: 'web-5849b8fbfb-6n42l',
    container: 'web',
    kind: 'main',
    image: pinned,
    ready: true,
    owner,
    ...change,
  };
}

function found(containers: readonly LiveContainer[], desired = deployment(pinned)): readonly string[] {
  const inventory = { observedAt: now, namespaces: ['shop-dev'], containers };
  const resolved = { [index]: [platform] };
  return imageFindings(exampleRules(), { desired: [desired], inventory, resolved }, now).map(
    ({ class: how, severity, object, path, live }) => `${how} ${severity} ${object.kind}/${object.name}${path} ${JSON.stringify(live)}`,
  );
}

const place = '/spec/template/spec/containers/[name=web]/image';

describe('a running container', () => {
  it.each<[string, Partial<LiveContainer>]>([
    ['of the index', { digest: index }],
    ['of the platform', { digest: platform }],
    ['of the right digest under another name', { digest: platform, image: 'mirror.example.com/x:1' }],
    ['that is not pulled yet but pinned', { ready: false }],
    ['of an init container', { container: 'init', kind: 'init', digest: index }],
  ])('is right when it is %s', (_what, change) => {
    expect(found([container(change)])).toEqual([]);
  });

  it('is one difference while a rollout pulls the same image here and runs it there', () => {
    const image = 'registry.example.com/web:2';

    expect(found([container({ image, digest: other }), container({ image, pod: 'web-2', ready: false })])).toEqual([
      `image image Deployment/web${place} "${other}"`,
    ]);
  });

  it.each<[string, Partial<LiveContainer>, string]>([
    ['of another digest under the same name', { digest: other }, `Deployment/web${place} "${other}"`],
    [
      'in a stuck rollout',
      { image: 'registry.example.com/web:bad', ready: false },
      `Deployment/web${place} "registry.example.com/web:bad"`,
    ],
    [
      'that was put beside it',
      { container: 'mesh', digest: other },
      `Deployment/web/spec/template/spec/containers/[name=mesh]/image "${other}"`,
    ],
    [
      'that was put in to look at it',
      { container: 'debugger', kind: 'ephemeral', digest: index },
      `Pod/web-5849b8fbfb-6n42l/spec/ephemeralContainers/[name=debugger]/image "${index}"`,
    ],
    [
      'of nobody we know',
      { pod: 'miner', container: 'm', digest: other, owner: { kind: 'Job', name: 'mine' } },
      `Pod/miner/spec/containers/[name=m]/image "${other}"`,
    ],
  ])('is wrong when it is one %s', (_what, change, expected) => {
    expect(found([container(change)])).toEqual([`image image ${expected}`]);
  });

  it('is one difference in however many pods', () => {
    expect(
      found([container({ digest: other }), container({ digest: other, pod: 'web-2' }), container({ digest: 'sha256:x', pod: 'web-3' })]),
    ).toEqual([`image image Deployment/web${place} "${other}, sha256:x"`]);
  });

  it('may say that it has an owner of any name', () => {
    const change = { pod: 'x', digest: other, owner: { kind: 'constructor', name: 'web' } };

    expect(found([container(change)])).toEqual([`image image Pod/x/spec/containers/[name=web]/image "${other}"`]);
  });

  it('is not judged by a tag, nor in a namespace of others', () => {
    expect(found([container({ digest: other })], deployment('registry.example.com/web:1'))).toEqual([]);
    expect(found([container({ namespace: 'other', pod: 'x', digest: other })])).toEqual([]);
  });

  it('belongs to the CronJob whose Job it runs in', () => {
    const containers = [{ name: 'web', image: pinned }];
    const job = { spec: { template: { spec: { containers } } } };
    const desired = {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'web', namespace: 'shop-dev' },
      spec: { jobTemplate: job },
    };

    expect(found([container({ digest: other, owner: { kind: 'Job', name: 'web-29395020' } })], desired)).toEqual([
      `image image CronJob/web/spec/jobTemplate${place} "${other}"`,
    ]);
  });
});
