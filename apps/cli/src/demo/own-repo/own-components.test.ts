import { digestOfText, type JsonObject } from '@fairlead/domain';
import { describe, expect, it } from 'vitest';
import { ownComponents } from './own-components.ts';

const pin = `sha256:${'a'.repeat(64)}`;

function workload(kind: string, ...images: readonly string[]): JsonObject {
  const containers = images.map((image, index) => ({ name: `c${String(index)}`, image }));
  return { apiVersion: 'apps/v1', kind, metadata: { name: kind.toLowerCase() }, spec: { template: { spec: { containers } } } };
}

describe('ownComponents', () => {
  it('gives each repository one component, called after it', () => {
    const { components } = ownComponents([workload('Deployment', 'registry.example.com/shop/web:1', 'redis:7')], []);

    expect(components.map(({ name, repository }) => [name, repository])).toEqual([
      ['redis', 'redis'],
      ['web', 'registry.example.com/shop/web'],
    ]);
  });

  it('keeps a digest that is there, and assumes nothing of it', () => {
    const { components } = ownComponents([workload('Deployment', `redis@${pin}`, 'redis:7')], []);

    expect(components).toEqual([{ name: 'redis', repository: 'redis', digest: pin, assumedFor: ['redis:7'] }]);
  });

  it('makes the digest of a tag of its text, as the node of the sandbox does', () => {
    const { components } = ownComponents([workload('StatefulSet', 'redis:7')], []);

    expect(components).toEqual([{ name: 'redis', repository: 'redis', digest: digestOfText('redis:7'), assumedFor: ['redis:7'] }]);
  });

  it('says so where several tags of a repository become one digest', () => {
    const { components } = ownComponents([workload('Deployment', 'redis:7', 'redis:6')], []);

    expect(components.map(({ digest, assumedFor }) => [digest, assumedFor])).toEqual([[digestOfText('redis:6'), ['redis:6', 'redis:7']]]);
  });

  it('tells components of one name apart', () => {
    const images = ['a.example.com/shop/web:1', 'b.example.com/shop/web:1', 'c.example.com/shop/web:1'];
    const { components } = ownComponents([workload('Deployment', ...images)], []);

    expect(components.map(({ name }) => name)).toEqual(['web', 'shop-web', 'web-2']);
  });

  it("calls no component as another image's entry is called: the planner would take it for the component's", () => {
    const entries = [{ name: 'web', newName: 'a.example.com/front' }];
    const { components } = ownComponents([workload('Deployment', 'b.example.com/shop/web:1', 'a.example.com/front:1')], entries);

    expect(components.map(({ name }) => name)).toEqual(['front', 'shop-web']);
  });

  it('leaves alone what nothing in the sandbox runs', () => {
    const rollout = { ...workload('Rollout', 'redis:7'), apiVersion: 'argoproj.io/v1alpha1' };

    expect(ownComponents([rollout], [])).toEqual({ components: [], problems: [], left: ['Rollout/rollout: redis:7'] });
  });

  it('names what is no image', () => {
    expect(ownComponents([workload('Deployment', '$(IMAGE)', 'redis:7')], []).problems).toEqual(['image "$(IMAGE)" is no image reference']);
  });
});
