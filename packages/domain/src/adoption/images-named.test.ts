import { describe, expect, it } from 'vitest';
import { imagesNamed } from './images-named.ts';

describe('imagesNamed', () => {
  it('finds images of containers and of a kustomization', () => {
    expect(imagesNamed('images:\n  - { name: web, newTag: 1.4 }\n')).toEqual(['name=web', 'newTag=1.4']);
    expect(imagesNamed('spec: { template: { spec: { initContainers: [{ name: a, image: b:1 }] } } }\n')).toEqual(['image=b:1']);
  });

  it('takes no other field for one, and nothing from what is no YAML', () => {
    expect(imagesNamed('spec: { image: not-a-container }\nreplicas: 2\n')).toEqual([]);
    expect(imagesNamed('a: [')).toEqual([]);
  });
});
