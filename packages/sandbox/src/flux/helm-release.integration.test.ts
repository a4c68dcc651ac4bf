import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { listAt, numberAt, objectAt, textAt, type JsonObject } from '../json/json.ts';
import { conditionOf } from '../kube/conditions.ts';
import { annotationsOf, type KubeObject } from '../kube/kube-object.ts';
import { StatusReader } from './testing/comparable-status.ts';
import { createSource } from './testing/deliver-web.ts';
import { createNamespace, fluxWorld, type FluxWorld } from './testing/flux-world.ts';
import { readFluxRecording } from './testing/recording.ts';
import { conditionsText, inventoryIds, isReady } from './testing/steps.ts';

const chart = `apiVersion: v2\nname: web\nversion: 0.1.0\nappVersion: "1"\n`;
const template = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
  labels: { app: {{ .Release.Name }} }
spec:
  replicas: {{ .Values.replicas }}
  progressDeadlineSeconds: 1
  selector: { matchLabels: { app: {{ .Release.Name }} } }
  template:
    metadata:
      labels: { app: {{ .Release.Name }} }
      annotations: { test-cluster/ready: {{ .Values.ready | quote }} }
    spec:
      containers: [{ name: web, image: "registry.example.test/web@sha256:${'c'.repeat(64)}" }]
`;

let world: FluxWorld;

beforeAll(async () => {
  world = await fluxWorld({ maxTimeoutMs: 5000 });
  await createNamespace(world.client, 'shop-flux');
  const values = 'replicas: 1\nready: true\n';
  await world.commit({ 'chart/web/Chart.yaml': chart, 'chart/web/values.yaml': values, 'chart/web/templates/web.yaml': template });
  await createSource(world);
});

afterAll(() => world[Symbol.asyncDispose]());

function spec(name: string, more: JsonObject = {}): JsonObject {
  const sourceRef = { kind: 'GitRepository', name: 'app' };
  return {
    chart: { spec: { chart: './chart/web', reconcileStrategy: 'Revision', sourceRef, version: '*' } },
    driftDetection: { mode: 'warn' },
    interval: '1h',
    releaseName: name,
    targetNamespace: 'shop-flux',
    timeout: '10s',
    values: { replicas: 2 },
    ...more,
  };
}

function settled(name: string, wanted: RegExp): Promise<KubeObject> {
  const isWritten = (object: KubeObject): boolean => numberAt(object, 'status', 'observedGeneration') === object.metadata['generation'];
  return world.until('HelmRelease', name, (object) => wanted.test(conditionsText(object)) && isWritten(object));
}

const live = (name: string): Promise<KubeObject | undefined> => world.read(`/apis/apps/v1/namespaces/shop-flux/deployments/${name}`);

describe('a HelmRelease', () => {
  it('is installed through the recorded statuses', async () => {
    const created = await world.create('HelmRelease', 'hweb', spec('hweb'));

    const ready = await settled('hweb', /^Ready=True/);

    const running = world
      .states('HelmRelease', 'hweb')
      .find((state) => conditionOf(state, 'Ready')?.message.startsWith('Running') === true);
    const left = { 'flux-50-helmrelease-created': created, 'flux-51-helmrelease-reconciling': running, 'flux-52-helmrelease-ready': ready };
    for (const [name, object] of Object.entries(left)) {
      expect(object && versionless(new StatusReader().read(object))).toEqual(
        versionless(new StatusReader().read(await readFluxRecording(name))),
      );
    }
  });

  it('labels what it applies as the recorded one did', async () => {
    const deployment = await live('hweb');

    expect(objectAt(deployment, 'metadata', 'labels')).toEqual({
      app: 'hweb',
      'app.kubernetes.io/managed-by': 'Helm',
      'helm.toolkit.fluxcd.io/name': 'hweb',
      'helm.toolkit.fluxcd.io/namespace': 'flux-system',
    });
    expect(deployment && annotationsOf(deployment)).toMatchObject({
      'meta.helm.sh/release-name': 'hweb',
      'meta.helm.sh/release-namespace': 'shop-flux',
    });
    expect(listAt(deployment, 'metadata', 'managedFields').map((entry) => textAt(entry, 'manager'))).toContain('helm-controller');
  });

  it('is upgraded when its values change, and keeps the release before in its history', async () => {
    await world.patch('HelmRelease', 'hweb', { spec: { values: { replicas: 3 } } });

    const upgraded = await settled('hweb', /Ready=True\(UpgradeSucceeded\)/);

    const history = listAt(upgraded, 'status', 'history').map((entry) => [
      textAt(entry, 'action'),
      textAt(entry, 'status'),
      numberAt(entry, 'version'),
    ]);
    expect(history).toEqual([
      ['upgrade', 'deployed', 2],
      ['install', 'superseded', 1],
    ]);
    expect(numberAt(await live('hweb'), 'spec', 'replicas')).toBe(3);
  });

  it('says that it drifted and stays ready while it only warns', async () => {
    await world.edit('/apis/apps/v1/namespaces/shop-flux/deployments/hweb', { spec: { replicas: 1 } });

    const asked = await world.reconcile('HelmRelease', 'hweb');

    expect(conditionsText(asked)).toBe('Ready=True(UpgradeSucceeded) Drifted=True(DriftDetected) Released=True(UpgradeSucceeded)');
    expect(conditionOf(asked, 'Drifted')?.message).toContain('Deployment/shop-flux/hweb changed (0 additions, 1 changes, 0 removals)');
    expect(numberAt(await live('hweb'), 'spec', 'replicas')).toBe(1);
  });

  it('corrects drift where that is on', async () => {
    await world.patch('HelmRelease', 'hweb', { spec: { driftDetection: { mode: 'enabled' } } });

    const corrected = await settled('hweb', /Drifted=False/);

    expect(isReady(corrected)).toBe(true);
    expect(numberAt(await live('hweb'), 'spec', 'replicas')).toBe(3);
  });

  it('looks handled and drifts unseen while it is suspended', async () => {
    await world.patch('HelmRelease', 'hweb', { spec: { suspend: true } });
    await world.edit('/apis/apps/v1/namespaces/shop-flux/deployments/hweb', { spec: { replicas: 1 } });

    const asked = await world.reconcile('HelmRelease', 'hweb');

    expect(conditionsText(asked)).toContain('Ready=True(UpgradeSucceeded) Drifted=False(NoDriftDetected)');
    expect(numberAt(await live('hweb'), 'spec', 'replicas')).toBe(1);
  });

  it('stalls when it can not be installed', async () => {
    await world.create('HelmRelease', 'stuck', spec('stuck', { values: { replicas: 1, ready: false } }));

    const stalled = await settled('stuck', /^Stalled=True/);

    expect(conditionsText(stalled)).toBe('Stalled=True(RetriesExceeded) Ready=False(InstallFailed) Released=False(InstallFailed)');
    expect(conditionOf(stalled, 'Stalled')?.message).toBe('Failed to install after 1 attempt(s)');
    expect(textAt(listAt(stalled, 'status', 'history')[0], 'status')).toBe('failed');
  });

  it('is rolled back where a failed upgrade is remediated, which leaves Git ahead', async () => {
    const upgrade = { remediation: { retries: 0, remediateLastFailure: true } };
    await world.create('HelmRelease', 'back', spec('back', { upgrade }));
    await settled('back', /^Ready=True/);

    await world.patch('HelmRelease', 'back', { spec: { values: { ready: false } } });

    const stalled = await settled('back', /^Stalled=True/);
    expect(conditionsText(stalled)).toMatch(
      /Ready=False\(RollbackSucceeded\) .*Released=False\(UpgradeFailed\) Remediated=True\(RollbackSucceeded\)/,
    );
    expect(textAt(await live('back'), 'spec', 'template', 'metadata', 'annotations', 'test-cluster/ready')).toBe('true');
  });

  it('says why it has no chart', async () => {
    const sourceRef = { kind: 'GitRepository', name: 'app' };
    await world.create('HelmRelease', 'nochart', spec('nochart', { chart: { spec: { chart: './none', sourceRef } } }));

    const failed = await world.until('HelmRelease', 'nochart', (object) => conditionOf(object, 'Ready')?.reason === 'ArtifactFailed');

    expect(conditionOf(failed, 'Ready')?.message).toBe("Could not load chart: no chart at './none'");
    expect(inventoryIds(failed)).toEqual([]);
    await world.patch('HelmRelease', 'nochart', { spec: { suspend: true } });
  });

  it('takes its objects along when it is deleted', async () => {
    await world.remove('HelmRelease', 'back');

    await expect.poll(() => live('back')).toBeUndefined();
  });
});

/** The chart's version ends in a part of the commit. */
function versionless(status: unknown): unknown {
  return JSON.parse(
    JSON.stringify(status)
      .replaceAll(/0\.1\.0\+[0-9a-f]{12}/g, '0.1.0+<commit>')
      .replaceAll(/"lastAttemptedReleaseActionDuration":"[^"]*"/g, '"lastAttemptedReleaseActionDuration":""'),
  );
}
