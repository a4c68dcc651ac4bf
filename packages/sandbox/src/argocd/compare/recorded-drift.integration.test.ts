import { readFile } from 'node:fs/promises';

import { describe, expect, it } from 'vitest';

import { parseJson } from '../../json/json.ts';
import { isKubeObject } from '../../kube/kube-object.ts';
import { lastApplied } from './comparable.ts';
import { isModified } from './compare-object.ts';

/** Deployments as a real cluster held them after an edit by hand, and whether the real Argo CD called the Application out of sync. */
describe('isModified, on recorded edits', () => {
  it.each([
    ['drift-scale', true],
    ['drift-env-value', true],
    ['drift-extra-env', false],
    ['drift-extra-sidecar', false],
    ['drift-paused', false],
  ])('judges %s as Argo CD did', async (name, modified) => {
    const live = parseJson(await readFile(new URL(`fixtures/deployment-${name}.json`, import.meta.url), 'utf8'));
    if (!isKubeObject(live)) throw new Error(`fixture ${name} holds no object`);
    const target = lastApplied(live);

    expect(target && isModified(target, live)).toBe(modified);
  });
});
