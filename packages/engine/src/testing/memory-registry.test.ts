import { ImageRepository } from '@fairlead/domain';
import { describe, expect, it } from 'vitest';
import { memoryRegistry } from './memory-registry.ts';
import { registryContract } from './registry-contract.ts';

describe('a registry in memory', () => {
  it.each(Object.entries(registryContract))('%s', async (_, run) => {
    const world = { registry: memoryRegistry(), repository: ImageRepository.parse('r.example.com/team/api') };

    await run(world, (actual, expected) => {
      expect(actual).toEqual(expected);
    });
  });
});
