import { expect, it } from 'vitest';
import type { LiveContainer } from '../delivery/live-image.ts';
import type { ContainerImage } from '../desired-state/container-images.ts';
import { ServiceComponent } from '../service/service.ts';
import { capturedComponents } from './captured-components.ts';

const repository = 'registry.example.com:5000/shop/api';
const one = `sha256:${'1'.repeat(64)}`;
const two = `sha256:${'2'.repeat(64)}`;
const api = ServiceComponent.parse({ name: 'api', image: repository });
const optional = ServiceComponent.parse({ name: 'api', image: repository, required: false });

interface Case {
  readonly desired: readonly string[];
  readonly live?: readonly LiveContainer[];
}

function wanted(image: string): ContainerImage {
  return { object: { group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'api' }, container: 'api', image };
}

function runs(image: string, digest?: string): LiveContainer {
  const container = { namespace: 'shop', pod: 'api-1', container: 'api', kind: 'main', image, ready: true } as const;
  return digest === undefined ? container : { ...container, digest };
}

function capture(desired: readonly string[], live?: readonly LiveContainer[], component = api): readonly string[] {
  const inventory = live === undefined ? {} : { inventory: { observedAt: '2026-11-23T10:00:00Z', namespaces: ['shop'], containers: live } };
  const { components, problems } = capturedComponents([component], { desired: desired.map(wanted), ...inventory });
  return [...components.map(({ image }) => image), ...problems.map(({ message }) => message)];
}

it.each<[string, Case, string]>([
  ['what runs under a tag', { desired: [`${repository}:1.4`], live: [runs(`${repository}:1.4`, one)] }, `${repository}@${one}`],
  ['what is pinned and runs', { desired: [`${repository}@${one}`], live: [runs(`${repository}@${one}`, one)] }, `${repository}@${one}`],
  [
    'what is pinned and runs from a mirror',
    { desired: [`${repository}@${one}`], live: [runs('mirror.example.com/api:x', one)] },
    `${repository}@${one}`,
  ],
  ['what is pinned and scaled to nothing', { desired: [`${repository}:1.4@${one}`], live: [] }, `${repository}@${one}`],
  ['what is pinned, without a cluster', { desired: [`${repository}@${one}`] }, `${repository}@${one}`],
  ['what runs and is not wanted any more', { desired: [], live: [runs(`${repository}:1.4`, one)] }, `${repository}@${one}`],
])('captures %s', (_what, { desired, live }, image) => {
  expect(capture(desired, live)).toEqual([image]);
});

it.each<[string, Case, string]>([
  ['a tag without a cluster', { desired: [`${repository}:1.4`] }, 'component api is wanted by a tag'],
  ['a tag that does not run', { desired: [`${repository}:1.4`], live: [] }, 'component api is wanted by a tag and does not run'],
  [
    'two digests at once',
    { desired: [`${repository}:1.4`], live: [runs(repository, one), runs(repository, two)] },
    `component api runs several digests: ${one}, ${two}`,
  ],
  [
    'something else than is pinned',
    { desired: [`${repository}@${one}`], live: [runs(repository, two)] },
    `component api runs ${two}, but the overlay pins ${one}`,
  ],
  [
    'two pins',
    { desired: [`${repository}@${one}`, `${repository}@${two}`], live: [] },
    `component api is pinned to several digests: ${one}, ${two}`,
  ],
  [
    'an image that is not pulled',
    { desired: [`${repository}:1.4`], live: [runs(repository)] },
    'component api is not pulled yet, so that its digest is not known',
  ],
  [
    'nothing at all',
    { desired: ['ghcr.io/other/image:1'], live: [] },
    `component api is neither wanted nor running: no image of ${repository}`,
  ],
])('says why it can not capture %s', (_what, { desired, live }, message) => {
  expect(capture(desired, live)).toEqual([message]);
});

it('leaves out what is neither required nor there', () => {
  expect(capture([], [], optional)).toEqual([]);
});
