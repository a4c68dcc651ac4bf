import { describe, expect, it } from 'vitest';
import { adoptPatch } from './adopt-patch.ts';
import { DriftItem } from './drift-item.ts';

const object = { group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'web' };
const head = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' } };

/** `gone`: there is nothing live. */
const item = ({ gone, ...changes }: { readonly gone?: true; readonly [field: string]: unknown }): DriftItem =>
  DriftItem.parse({
    id: `d-${'a'.repeat(32)}`,
    class: 'changed',
    severity: 'config',
    object,
    path: '/spec/replicas',
    desired: 2,
    ...(gone === true ? {} : { live: 5 }),
    by: {},
    target: 'eu/argocd/shop',
    firstSeen: '2026-01-01T00:00:00.000Z',
    lastSeen: '2026-01-01T00:00:00.000Z',
    ...changes,
  });

const container = '/spec/template/spec/containers/[name=web]';
const within = (containers: unknown): object => ({ ...head, spec: { template: { spec: { containers } } } });

describe('adoptPatch', () => {
  it.each<[string, Parameters<typeof item>[0], object]>([
    ['a field', {}, { ...head, spec: { replicas: 5 } }],
    ['a label', { path: '/metadata/labels/tier', live: 'gold' }, { ...head, metadata: { ...head.metadata, labels: { tier: 'gold' } } }],
    [
      'a key with a slash',
      { path: '/metadata/labels/a~1b', live: 'c' },
      { ...head, metadata: { ...head.metadata, labels: { 'a/b': 'c' } } },
    ],
    ['a field that was taken away', { path: '/spec/paused', gone: true }, { ...head, spec: { paused: null } }],
    [
      'a variable',
      { path: `${container}/env/[name=MODE]/value`, live: 'fast' },
      within([{ name: 'web', env: [{ name: 'MODE', value: 'fast' }] }]),
    ],
    [
      'a port',
      { path: `${container}/ports/[containerPort=80,protocol=TCP]/name`, live: 'http' },
      within([{ name: 'web', ports: [{ containerPort: 80, protocol: 'TCP', name: 'http' }] }]),
    ],
    [
      'a sidecar',
      { class: 'added-field', path: '/spec/template/spec/containers/[name=debug]', live: { name: 'debug', image: 'busybox' } },
      within([{ name: 'debug', image: 'busybox' }]),
    ],
    ['an element that was taken away', { path: container, gone: true }, within([{ name: 'web', $patch: 'delete' }])],
    ['an object that is gone', { class: 'missing', path: '', gone: true }, { ...head, $patch: 'delete' }],
  ])('says %s', (_what, changes, patch) => {
    expect(adoptPatch(item(changes))).toEqual({ kind: 'patch', patch });
  });

  it.each<[string, Parameters<typeof item>[0], RegExp]>([
    ['a secret value', { redacted: true }, /is a secret/],
    ['a Secret', { object: { ...object, group: '', kind: 'Secret' } }, /is a secret/],
    ['an object that no file has', { class: 'extra', path: '' }, /no file/],
    ['another image than was released', { class: 'image', path: `${container}/image` }, /release/],
    ['an element without a key', { path: '/spec/args/0' }, /no keys/],
    ['the order of a list', { path: '/spec/template/spec/initContainers', live: ['b', 'a'] }, /order/],
    ['an element of a custom kind', { path: container, object: { ...object, group: 'example.com' } }, /custom kind/],
  ])('refuses %s', (_what, changes, reason) => {
    const refused = adoptPatch(item(changes));

    expect(refused.kind === 'refused' && refused.message).toMatch(reason);
  });
});
