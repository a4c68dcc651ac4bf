import { digestOf, objectKey, type JsonObject } from '@fairlead/domain';
import { describe, expect, it } from 'vitest';
import type { RenderOutcome } from '../ports/renderer.ts';
import { loadDesired } from './desired-objects.ts';

const files = { look: () => Promise.resolve({ kind: 'absent' } as const) };
const question = { path: '', files, commit: 'working-tree', namespace: 'shop', clusterScoped: new Set(['example.com/Issuer']) } as const;

function rendering(outcome: RenderOutcome) {
  return { renderer: { render: () => Promise.resolve(outcome) } };
}

function rendered(...objects: readonly JsonObject[]): RenderOutcome {
  return { kind: 'rendered', yaml: '', objects, inputs: [], versions: {}, digest: digestOf([...objects]) };
}

describe('loadDesired', () => {
  it('gives each object the namespace that it will have, and none to what lives in no namespace, whatever its file says', async () => {
    const of = (kind: string, metadata: JsonObject): JsonObject => ({ apiVersion: 'example.com/v1', kind, metadata });
    const objects = [
      of('Widget', { name: 'a' }),
      of('Widget', { name: 'b', namespace: 'elsewhere' }),
      of('Issuer', { name: 'c', namespace: 'shop' }),
      of('Issuer', { name: 'd' }),
    ];

    const loaded = await loadDesired(rendering(rendered(...objects)), question);

    const found = loaded.kind === 'rendered' ? [...loaded.desired.objects.values()] : [];
    expect(found.map(({ ref }) => objectKey(ref))).toEqual([
      'example.com/Widget/shop/a',
      'example.com/Widget/elsewhere/b',
      'example.com/Issuer//c',
      'example.com/Issuer//d',
    ]);
    expect(found[2]?.object['metadata']).toEqual({ name: 'c' });
  });

  it('says why nothing renders as every command does, without what a patch may quote', async () => {
    const message = String.raw`failed: [patch: "password: hunter2\n"]`;

    const loaded = await loadDesired(rendering({ kind: 'failed', code: 'render-failed', message, inputs: [] }), question);

    expect(loaded).toMatchObject({ kind: 'not-rendered', code: 'render-failed', message: 'failed: [patch: …]' });
  });
});
