import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { isReady } from '../flux/testing/steps.ts';
import { listAt, textAt } from '../json/json.ts';
import { conditionOf } from '../kube/conditions.ts';
import { kubeClient, type KubeClient } from '../kube/kube-client.ts';
import { nameOf } from '../kube/kube-object.ts';
import { seeStates, type SeenStates } from '../testing/seen-states.ts';
import { startExampleWorld, type ExampleWorld } from './example-world.ts';

const examples = join(import.meta.dirname, '../../../../examples');
const kustomizations = {
  apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
  kind: 'Kustomization',
  plural: 'kustomizations',
  namespaced: true,
  verbs: [],
};

let folder: string;
let world: ExampleWorld;
let client: KubeClient;
let seen: SeenStates;
const stop = new AbortController();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'example-world-'));
  world = await startExampleWorld({
    folder: join(folder, 'world'),
    example: join(examples, 'platform-control'),
    history: join(examples, 'history'),
    controller: 'flux',
  });
  client = await kubeClient(await readFile(world.kubeconfigPath, 'utf8'));
  seen = await seeStates({ client, kinds: [kustomizations], signal: stop.signal });
});

afterAll(async () => {
  stop.abort();
  client.close();
  await world[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

function delivered(environment: string, commit: string): Promise<unknown> {
  return seen.until(
    (object) =>
      nameOf(object) === `platform-control-${environment}` &&
      isReady(object) &&
      textAt(object, 'status', 'lastAppliedRevision') === `main@sha1:${commit}`,
  );
}

describe('the example delivered by Flux', () => {
  it('brings what is on main to the environment that can be rendered, and says why not of one that was never released to', async () => {
    const head = await world.developer.log('-1', '--format=%H', 'origin/main');

    await delivered('dev-control-rke2', head);
    await seen.until((object) => nameOf(object) === 'platform-control-staging' && conditionOf(object, 'Ready')?.reason === 'BuildFailed');

    const pods = await world.list('/api/v1/namespaces/pc-dev/pods');
    expect(listAt(pods, 'items').length).toBeGreaterThan(0);
  });

  it('names Kustomizations where the example names Applications', async () => {
    const document = await world.developer.read('main', '.fairlead/environments/staging.yaml');

    expect(document).toContain('controller: flux');
    expect(document).toContain('{ cluster: sandbox, namespace: flux-system, kustomization: platform-control-staging }');
    expect(textAt(await world.target('staging'), 'kind')).toBe('Kustomization');
  });

  it('hears of a push as by a webhook', async () => {
    const path = 'environments/dev-control-rke2/values/api.env';
    const text = await world.developer.read('main', path);

    const commit = await world.developer.commit({
      branch: 'main',
      message: 'feat: one more setting',
      files: { [path]: `${text}ADDED=1\n` },
    });

    await delivered('dev-control-rke2', commit);
    const maps = await world.list('/api/v1/namespaces/pc-dev/configmaps');
    expect(JSON.stringify(maps)).toContain('"ADDED":"1"');
  });
});
