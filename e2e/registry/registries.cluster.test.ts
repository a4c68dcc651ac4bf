import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { ociRegistry, type FindCredential } from '@fairlead/adapters/registry';
import { ImageRepository } from '@fairlead/domain';
import { registryContract } from '@fairlead/engine/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDebianRegistry, startGoRegistry, type StartedRegistry } from './started-registry.ts';

const bob: FindCredential = () => Promise.resolve({ kind: 'password', user: 'bob', password: 'secret-of-bob' });
const hasDebians = spawnSync('docker-registry', ['--version']).status === 0;

/** Registries that we did not write: go-containerregistry's (needs Go), and Debian's docker-registry where it is installed. */
const registries: readonly (readonly [name: string, start: () => Promise<StartedRegistry>, there: boolean])[] = [
  ['go-containerregistry, with referrers', () => startGoRegistry('referrers'), true],
  ['go-containerregistry, without referrers', () => startGoRegistry(), true],
  ['docker-registry of Debian', () => startDebianRegistry('open'), hasDebians],
  ['docker-registry of Debian with a password', () => startDebianRegistry('password'), hasDebians],
];

for (const [name, start, there] of registries) {
  describe.skipIf(!there)(name, () => {
    const running: StartedRegistry[] = [];
    beforeAll(async () => void running.push(await start()));
    afterAll(async () => running[0]?.[Symbol.asyncDispose]());
    const registry = ociRegistry({ credentials: bob });

    it.each(Object.entries(registryContract))('%s', async (_, run) => {
      const repository = ImageRepository.parse(`${running[0]?.host ?? ''}/team/${randomUUID()}`);

      await run({ registry, repository }, (actual, expected) => {
        expect(actual).toEqual(expected);
      });
    });
  });
}
