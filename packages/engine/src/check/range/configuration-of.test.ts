import { describe, expect, it } from 'vitest';
import type { PathTree } from '../../ports/file-snapshot.ts';
import { memoryTree } from '../../testing/memory-tree.ts';
import { configuredBy } from './configuration-of.ts';

const textAt = async (files: PathTree, path: string) => {
  const answer = await files.look(path);
  return answer.kind === 'file' ? String.fromCharCode(...answer.bytes) : answer.kind;
};

const base = memoryTree({ '.fairlead/service.yaml': 'base', '.fairlead/old.yaml': 'base', 'app/a.yaml': 'base' });
const tip = memoryTree({
  '.fairlead/service.yaml': 'tip',
  '.fairlead/new.yaml': 'tip',
  'app/a.yaml': 'tip',
  'shop/.fairlead/service.yaml': 'tip',
});

describe('configuredBy', () => {
  const files = configuredBy(base, tip);

  it('takes the configuration from the base and everything else from the tree', async () => {
    expect(await textAt(files, '.fairlead/service.yaml')).toBe('base');
    expect(await textAt(files, '.fairlead/old.yaml')).toBe('base');
    expect(await textAt(files, '.fairlead/new.yaml')).toBe('absent');
    expect(await textAt(files, 'app/a.yaml')).toBe('tip');
  });

  it('lets a service root that the base has not configure itself', async () => {
    expect(await textAt(files, 'shop/.fairlead/service.yaml')).toBe('tip');
  });

  it('lists what it answers for', async () => {
    const listed = await files.files('');

    expect(listed === 'absent' ? listed : listed.map(({ path }) => path)).toEqual([
      '.fairlead/old.yaml',
      '.fairlead/service.yaml',
      'app/a.yaml',
      'shop/.fairlead/service.yaml',
    ]);
    expect(await files.files('nowhere')).toBe('absent');
  });

  it('keeps the configuration of a base where the tree deleted it', async () => {
    const without = configuredBy(base, memoryTree({ 'app/a.yaml': 'tip' }));

    expect(await textAt(without, '.fairlead/service.yaml')).toBe('base');
    expect(await without.look('')).toMatchObject({ kind: 'directory', entries: ['.fairlead', 'app'] });
  });
});
