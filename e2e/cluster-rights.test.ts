import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startKubernetes } from '@fairlead/sandbox';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fairlead } from './world/fairlead-program.ts';
import { example } from './world/paths.ts';

let home: string;
beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'fl-rights-')));
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

const Rule = z.object({ apiGroups: z.array(z.string()), resources: z.array(z.string()), verbs: z.array(z.string()) });
const Role = z.object({ metadata: z.object({ namespace: z.string().optional() }), rules: z.array(Rule) });
const Manifests = z.object({ items: z.array(z.union([Role, z.unknown()])) });
const Diagnoses = z.object({
  items: z.array(z.object({ name: z.string(), status: z.string(), detail: z.string(), fix: z.string().optional() })),
});

interface HeldRule {
  readonly verbs: readonly string[];
  readonly groups: readonly string[];
  readonly resources: readonly string[];
  readonly namespaces?: readonly string[];
}

/** What the printed manifests allow, as the sandbox understands it. */
async function printedRights(): Promise<readonly HeldRule[]> {
  const { stdout } = await fairlead(['rbac', '-e', 'staging', '-o', 'json'], { home, cwd: example });
  return Manifests.parse(JSON.parse(stdout)).items.flatMap((item) => {
    const role = Role.safeParse(item);
    if (!role.success) return [];
    const { namespace } = role.data.metadata;
    const here = namespace === undefined ? {} : { namespaces: [namespace] };
    return role.data.rules.map(({ apiGroups: groups, resources, verbs }) => ({ groups, resources, verbs, ...here }));
  });
}

async function diagnosed(
  rules: readonly HeldRule[],
): Promise<{ readonly code: number | null; readonly rights: z.infer<typeof Diagnoses>['items'] }> {
  await using kubernetes = await startKubernetes({ tokens: [{ token: 'ours', user: 'fairlead', rules }] });
  const kubeconfig = join(home, 'kubeconfig');
  writeFileSync(kubeconfig, kubernetes.kubeconfig('ours'));
  const { code, stdout } = await fairlead(['doctor', '--kubeconfig', kubeconfig, '-e', 'staging', '-o', 'json'], { home, cwd: example });
  return { code, rights: Diagnoses.parse(JSON.parse(stdout)).items.filter(({ name }) => name.startsWith('cluster')) };
}

describe('the rights that fairlead rbac prints', () => {
  it('are enough for fairlead doctor, and name no Secret', async () => {
    const printed = await printedRights();
    const { rights } = await diagnosed(printed);

    expect(printed.flatMap(({ resources }) => resources)).not.toContain('secrets');
    expect(rights.filter(({ status }) => status === 'fail')).toEqual([]);
    expect(rights.map(({ name }) => name)).toEqual(expect.arrayContaining(['cluster', 'cluster clock', 'cluster kinds', 'cluster rights']));
  });

  it('are missed one by one, with the command that gives them', async () => {
    const printed = await printedRights();
    const { code, rights } = await diagnosed(
      printed.map((rule) => ({ ...rule, resources: rule.resources.filter((name) => name !== 'services') })),
    );

    expect(code).toBe(1);
    expect(rights.filter(({ status }) => status === 'fail')).toEqual([
      {
        name: 'cluster rights',
        status: 'fail',
        detail: 'missing: get, list, watch services in namespace pc-staging',
        fix: 'fairlead rbac -e platform-control/staging | kubectl apply -f -',
      },
    ]);
  });
});

it('fairlead rbac prints what it takes to look at a kustomization that nobody declared', async () => {
  const overlay = join(home, 'shop/overlays/prod');
  mkdirSync(overlay, { recursive: true });
  writeFileSync(join(overlay, 'kustomization.yaml'), 'resources: [web.yaml, settings.yaml]\n');
  writeFileSync(join(overlay, 'web.yaml'), 'apiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: shop }\n');
  writeFileSync(join(overlay, 'settings.yaml'), 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\n');

  const { code, stdout } = await fairlead(['rbac', '-e', 'overlays/prod', '--namespace', 'shop-settings', '-o', 'json'], {
    home,
    cwd: join(home, 'shop'),
  });

  expect(code).toBe(0);
  const roles = Manifests.parse(JSON.parse(stdout)).items.flatMap((item) => Role.safeParse(item).data ?? []);
  expect(new Set(roles.map(({ metadata }) => metadata.namespace))).toEqual(new Set(['shop', 'shop-settings', undefined]));
  const rules = roles.flatMap(({ rules: held }) => held);
  expect(new Set(rules.flatMap(({ verbs }) => verbs))).toEqual(new Set(['get', 'list', 'watch']));
  expect(rules.flatMap(({ resources }) => resources)).toEqual(expect.arrayContaining(['services', 'configmaps']));
});

it('fairlead doctor says that a cluster does not answer, and goes on', async () => {
  const kubeconfig = join(home, 'kubeconfig');
  const kubernetes = await startKubernetes();
  writeFileSync(kubeconfig, kubernetes.kubeconfig());
  await kubernetes[Symbol.asyncDispose]();

  const { code, stdout } = await fairlead(['doctor', '--kubeconfig', kubeconfig, '-o', 'json'], { home, cwd: example });

  expect(code).toBe(1);
  const { items } = Diagnoses.parse(JSON.parse(stdout));
  expect(items.find(({ name }) => name === 'cluster')).toMatchObject({ status: 'fail' });
  expect(items.find(({ name }) => name === 'node')).toMatchObject({ status: 'ok' });
});
