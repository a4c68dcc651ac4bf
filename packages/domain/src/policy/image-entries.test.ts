import { describe, expect, it } from 'vitest';
import { readManifestFile } from '../desired-state/manifest-file.ts';
import type { ManifestLeaf } from '../desired-state/manifest-leaf.ts';
import { ambiguousEntries, decidingLeaf, type ImageEntry, imageEntries } from './image-entries.ts';

const digest = (digit: string): string => `sha256:${digit.repeat(64)}`;

function entriesOf(images: string): readonly ImageEntry<ManifestLeaf>[] {
  const read = readManifestFile(`resources: [a.yaml]\nimages:\n${images}`, 'kustomization.yaml');
  if (read.kind === 'unparsable') throw new Error(read.problem.message);
  return imageEntries(read.documents.flatMap(({ leaves }) => leaves));
}

const entries = entriesOf(`  - name: r.example.com/api
    digest: ${digest('a')}
  - name: web
    newName: r.example.com/web
    newTag: "1.2.0"
  - name: nats
    newName: r.example.com/nats
`);

describe('decidingLeaf', () => {
  it.each([
    [`r.example.com/api@${digest('a')}`, 4],
    ['r.example.com/web:1.2.0', 7],
  ])('finds what made the image %s', (image, line) => {
    expect(decidingLeaf(entries, image)?.at.line).toBe(line);
  });

  it.each([
    ['another digest decided', `r.example.com/api@${digest('b')}`],
    ['another tag decided', 'r.example.com/web:1.3.0'],
    ['the entry gives a name alone', 'r.example.com/nats:2'],
    ['no entry is meant', 'r.example.com/other:1'],
    ['it is no image', 'r.example.com/web: 1.2.0'],
  ])('finds nothing where %s', (_, image) => {
    expect(decidingLeaf(entries, image)).toBeUndefined();
  });

  it('takes the later of two entries, as kustomize does', () => {
    const twice = entriesOf('  - { name: web, newTag: "1" }\n  - { name: web, newTag: "1" }\n');

    expect(decidingLeaf(twice, 'web:1')?.at.line).toBe(4);
  });
});

describe('ambiguousEntries', () => {
  const components = [{ component: 'web', names: ['web', 'r.example.com/web'] }];
  const found = (images: string) => ambiguousEntries(entriesOf(images), components).map(({ leaf, because }) => [leaf.at.line, because]);

  it('finds nothing where each entry stands alone', () => {
    expect(ambiguousEntries(entries, components)).toEqual([]);
  });

  it('names the second entry of one name', () => {
    expect(found('  - { name: nats, newTag: "1" }\n  - { name: nats, newTag: "2" }\n')).toEqual([[4, 'images has nats twice']]);
  });

  it('names a second entry of one component, by whichever of its names', () => {
    expect(found('  - { name: r.example.com/web, newTag: "1" }\n  - { name: web, newTag: "2" }\n')).toEqual([
      [4, 'r.example.com/web and web are both entries of component web'],
    ]);
    expect(found('  - { name: web, newTag: "1" }\n  - { name: site, newName: r.example.com/web }\n')).toHaveLength(1);
  });

  it('names an entry that is two components’', () => {
    const both = [...components, { component: 'site', names: ['site', 'r.example.com/web'] }];

    expect(ambiguousEntries(entriesOf('  - { name: r.example.com/web, newTag: "1" }\n'), both).map(({ because }) => because)).toEqual([
      'r.example.com/web is the entry of web and site',
    ]);
  });
});
