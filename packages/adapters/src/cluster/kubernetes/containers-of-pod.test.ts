import { describe, expect, it } from 'vitest';
import { containersOfPod } from './containers-of-pod.ts';
import { Pod } from './schema.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const metadata = { name: 'api-7d9-x', namespace: 'pc' };
const image = `registry.example.com/api@${digest}`;
const running = { name: 'api', image, imageID: image, ready: true, state: { running: {} } };
const finished = { ...running, state: { terminated: { exitCode: 0 } } };

const pod = (change: object): Pod => Pod.parse({ metadata, spec: { containers: [{ name: 'api', image }] }, ...change });
const count = (change: object): number => containersOfPod(pod(change)).length;

it('reads every kind of container', () => {
  const status = {
    phase: 'Running',
    initContainerStatuses: [{ ...finished, name: 'wait', ready: true }],
    containerStatuses: [running],
    ephemeralContainerStatuses: [{ ...running, name: 'debug', image: 'busybox', imageID: '', ready: false }],
  };
  const spec = {
    containers: [{ name: 'api', image }],
    initContainers: [{ name: 'wait', image }],
    ephemeralContainers: [{ name: 'debug', image: 'busybox' }],
  };
  const place = { namespace: 'pc', pod: 'api-7d9-x' };

  expect(containersOfPod(pod({ spec, status }))).toEqual([
    { ...place, container: 'wait', kind: 'init', image, digest, ready: true },
    { ...place, container: 'api', kind: 'main', image, digest, ready: true },
    { ...place, container: 'debug', kind: 'ephemeral', image: 'busybox', ready: false },
  ]);
});

describe('a pod counts', () => {
  it.each([
    ['while it runs', { status: { phase: 'Running', containerStatuses: [running] } }],
    ['while it waits for a node', { status: { phase: 'Pending' } }],
    ['before it has a status', {}],
    [
      'while it is deleted and still runs',
      { metadata: { ...metadata, deletionTimestamp: 'x' }, status: { phase: 'Running', containerStatuses: [running] } },
    ],
    ['where its node is lost', { status: { phase: 'Unknown', containerStatuses: [running] } }],
    ['while it crashes again and again', { status: { phase: 'Running', containerStatuses: [finished] } }],
  ])('%s', (_when, change) => {
    expect(count(change)).toBe(1);
  });

  it.each([
    ['once it succeeded', { status: { phase: 'Succeeded', containerStatuses: [finished] } }],
    ['once it failed', { status: { phase: 'Failed', containerStatuses: [finished] } }],
    [
      'once it is deleted and has ended',
      { metadata: { ...metadata, deletionTimestamp: 'x' }, status: { phase: 'Running', containerStatuses: [finished] } },
    ],
  ])('no longer %s', (_when, change) => {
    expect(count(change)).toBe(0);
  });
});

it('shows a container that is not pulled, without a digest', () => {
  const [container] = containersOfPod(pod({ status: { phase: 'Pending', containerStatuses: [{ name: 'api', image: '', imageID: '' }] } }));

  expect(container).toEqual({ namespace: 'pc', pod: 'api-7d9-x', container: 'api', kind: 'main', image, ready: false });
});

it('shows a container that only the status has', () => {
  const [, extra] = containersOfPod(pod({ status: { containerStatuses: [running, { ...running, name: 'sidecar', image: 'other' }] } }));

  expect(extra).toMatchObject({ container: 'sidecar', image: 'other', digest });
});

it.each([
  [
    'its controller',
    [
      { kind: 'Node', name: 'n' },
      { kind: 'ReplicaSet', name: 'api-7d9', controller: true },
    ],
    { kind: 'ReplicaSet', name: 'api-7d9' },
  ],
  ['its first owner where none controls it', [{ kind: 'Node', name: 'n' }], { kind: 'Node', name: 'n' }],
  ['nobody', [], undefined],
])('belongs to %s', (_whom, ownerReferences, owner) => {
  expect(containersOfPod(pod({ metadata: { ...metadata, ownerReferences } }))[0]?.owner).toEqual(owner);
});
