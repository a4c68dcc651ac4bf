import { describe, expect, it } from 'vitest';

import { editKustomization } from './kustomize-options.ts';

describe('editKustomization', () => {
  it('sets images by name, in every spelling', () => {
    const kustomization = {
      images: [
        { name: 'web', newTag: '1' },
        { name: 'kept', newTag: '1' },
      ],
    };
    const images = ['web:2', 'registry.test:5000/db@sha256:ab', 'api=registry.test:5000/api:3', 'cache=other'];

    expect(editKustomization(kustomization, { images })).toEqual({
      images: [
        { name: 'kept', newTag: '1' },
        { name: 'web', newTag: '2' },
        { name: 'registry.test:5000/db', digest: 'sha256:ab' },
        { name: 'api', newName: 'registry.test:5000/api', newTag: '3' },
        { name: 'cache', newName: 'other' },
      ],
    });
  });

  it('adds names, labels, replicas, patches and components to what is there', () => {
    const kustomization = { commonLabels: { a: '1' }, replicas: [{ name: 'web', count: 1 }], components: ['x'], resources: ['y'] };
    const options = {
      namePrefix: 'p-',
      nameSuffix: '',
      namespace: 'n',
      commonLabels: { b: '2' },
      replicas: [{ name: 'web', count: 2 }],
      components: ['z'],
    };

    expect(editKustomization(kustomization, options)).toEqual({
      namePrefix: 'p-',
      namespace: 'n',
      commonLabels: { a: '1', b: '2' },
      replicas: [{ name: 'web', count: 2 }],
      components: ['x', 'z'],
      resources: ['y'],
    });
  });
});
