import { describe, expect, it } from 'vitest';
import { renderedImages } from './rendered-images.ts';

describe('renderedImages', () => {
  it('finds the images of every kind of container and of image volumes, with their place', () => {
    const pod = {
      initContainers: [{ name: 'init', image: 'i' }],
      containers: [{ name: 'web', image: 'w' }, { image: 'unnamed' }],
      ephemeralContainers: [{ name: 'debug', image: 'd' }],
      volumes: [
        { name: 'model', image: { reference: 'm' } },
        { name: 'tmp', emptyDir: {} },
      ],
    };
    const job = {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'j' },
      spec: { jobTemplate: { spec: { template: { spec: pod } } } },
    };

    const at = '/spec/jobTemplate/spec/template/spec';
    expect(renderedImages([job]).map(({ container, pointer, image }) => [container, pointer, image])).toEqual([
      ['init', `${at}/initContainers/0/image`, 'i'],
      ['web', `${at}/containers/0/image`, 'w'],
      ['1', `${at}/containers/1/image`, 'unnamed'],
      ['debug', `${at}/ephemeralContainers/0/image`, 'd'],
      ['model', `${at}/volumes/0/image/reference`, 'm'],
    ]);
  });

  it('finds those of a kind that it does not know', () => {
    const rollout = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      metadata: { name: 'r' },
      spec: { template: { spec: { containers: [{ name: 'a', image: 'x' }] } } },
    };

    expect(renderedImages([rollout])).toMatchObject([{ object: { kind: 'Rollout' }, image: 'x' }]);
  });

  it('finds none in the schema of a kind or in other data', () => {
    const schema = {
      kind: 'CustomResourceDefinition',
      spec: { properties: { containers: { type: 'array', items: { properties: { image: {} } } } } },
    };
    const map = { kind: 'ConfigMap', data: { image: 'x', containers: 'y' } };

    expect(renderedImages([schema, map])).toEqual([]);
  });
});
