import { KubeConfig } from '@kubernetes/client-node';
import type { JsonObject } from '@fairlead/domain';
import type { Cluster, ObjectEvent } from '@fairlead/engine';
import { startKubernetes } from '@fairlead/sandbox';
import { afterEach, describe, expect, it } from 'vitest';
import { cutProxy } from '../../http/testing/cut-proxy.ts';
import { answer, playApi, status, stream, type PlayedApi, type PlayedRequest } from '../../http/testing/played-api.ts';
import { kubernetesClusters } from './kubernetes-cluster.ts';
import { objectWriter } from './testing/object-writer.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function clusterOf(text: string): Cluster {
  return kubernetesClusters({
    clusters: [{ name: 'home', kubeconfig: { kind: 'text', text } }],
    timing: { reconnect: { minMs: 1, maxMs: 5 }, rediscoverMs: 10 },
  });
}

/** Events as `applied one`, `gap Widget`, and how to wait for more. */
class Told {
  readonly events: ObjectEvent[] = [];
  #heard: () => void = () => undefined;

  readonly tell = (event: ObjectEvent): void => {
    this.events.push(event);
    this.#heard();
  };

  get words(): readonly string[] {
    return this.events.map((event) => {
      if (event.kind === 'applied') return `applied ${event.live.ref.name}`;
      if (event.kind === 'deleted') return `deleted ${event.ref.name}`;
      const { kind, namespace } =
        event.kind === 'in-sync' ? { ...event.of, namespace: event.namespace } : { namespace: undefined, ...event.gap };
      return `${event.kind} ${kind}${namespace === undefined ? '' : ` in ${namespace}`}`;
    });
  }

  /** A word that is wanted twice has to come twice. */
  async until(...wanted: readonly string[]): Promise<void> {
    const count = (words: readonly string[], word: string): number => words.filter((one) => one === word).length;
    while (!wanted.every((word) => count(this.words, word) >= count(wanted, word))) {
      await new Promise<void>((resolve) => {
        this.#heard = resolve;
      });
    }
  }
}

async function watch(cluster: Cluster, kinds: readonly string[], namespaces: readonly string[] = ['pc']): Promise<Told> {
  const told = new Told();
  const scope = { cluster: 'home', namespaces, kinds: kinds.map((kind) => ({ group: '', kind })) };
  const watching = await cluster.watchObjects(scope, told.tell);
  closing.push(() => watching.stop());
  return told;
}

describe('on the sandbox', () => {
  it('a watch that comes back too late for the history tells what changed and what went', async () => {
    const kubernetes = await startKubernetes({ historyLimit: 5 });
    closing.push(() => kubernetes[Symbol.asyncDispose]());
    const proxy = await cutProxy(new URL(kubernetes.url));
    closing.push(() => {
      proxy.close();
    });
    const admin = new KubeConfig();
    admin.loadFromString(kubernetes.kubeconfig());
    const writer = objectWriter(admin);
    const map = (name: string, data: JsonObject = {}): Promise<void> =>
      writer.apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'pc' }, data });
    await writer.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'pc' } });
    await map('gone');
    const told = await watch(clusterOf(kubernetes.kubeconfig().replace(/127\.0\.0\.1:\d+/, `127.0.0.1:${String(proxy.port)}`)), [
      'ConfigMap',
    ]);
    await told.until('in-sync ConfigMap in pc', 'applied gone');

    proxy.cut();
    for (let change = 0; change < 12; change += 1) await map('busy', { change: String(change) });
    await writer.remove({ group: '', version: 'v1', kind: 'ConfigMap', namespace: 'pc', name: 'gone' });
    proxy.mend();
    await told.until('deleted gone', 'applied busy');

    const busy = told.events.flatMap((event) =>
      event.kind === 'applied' && event.live.ref.name === 'busy' ? [event.live.object['data']] : [],
    );
    expect(busy).toEqual([{ change: '11' }]);
  });

  it('an object as large as etcd takes comes whole, beside the small ones', async () => {
    const kubernetes = await startKubernetes();
    closing.push(() => kubernetes[Symbol.asyncDispose]());
    const admin = new KubeConfig();
    admin.loadFromString(kubernetes.kubeconfig());
    const writer = objectWriter(admin);
    const keys = Array.from({ length: 5_000 }, (_, n): readonly [string, string] => [`key-${String(n)}`, 'x'.repeat(180)]);
    const map = (name: string, data: JsonObject): Promise<void> =>
      writer.apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'pc' }, data });
    await writer.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'pc' } });
    await map('listed', Object.fromEntries(keys));
    const told = await watch(clusterOf(kubernetes.kubeconfig()), ['ConfigMap']);
    await told.until('in-sync ConfigMap in pc', 'applied listed');

    await map('watched', Object.fromEntries(keys));
    await map('small', { a: 'b' });
    await told.until('applied watched', 'applied small');

    const sizes = told.events.flatMap((event) =>
      event.kind === 'applied' && event.live.ref.name !== 'kube-root-ca.crt'
        ? [[event.live.ref.name, Object.keys(event.live.object['data'] ?? {}).length]]
        : [],
    );
    expect(sizes).toEqual([
      ['listed', 5_000],
      ['watched', 5_000],
      ['small', 1],
    ]);
  });

  it('many namespaces are looked at one by one where the whole cluster may not be seen', async () => {
    const namespaces = ['a', 'b', 'c', 'd', 'e', 'f'];
    const rules = [{ verbs: ['list', 'watch'], groups: [''], resources: ['configmaps'], namespaces: namespaces.slice(0, 5) }];
    const kubernetes = await startKubernetes({ tokens: [{ token: 'limited', user: 'limited', rules }] });
    closing.push(() => kubernetes[Symbol.asyncDispose]());

    const told = await watch(clusterOf(kubernetes.kubeconfig('limited')), ['ConfigMap'], namespaces);

    await told.until(...namespaces.slice(0, 5).map((namespace) => `in-sync ConfigMap in ${namespace}`), 'gap ConfigMap in f');
    expect(told.words).not.toContain('gap ConfigMap');
  });
});

const resources = ['configmaps', 'services', 'secrets'].map((name) => ({
  name,
  kind: { configmaps: 'ConfigMap', services: 'Service', secrets: 'Secret' }[name],
  namespaced: true,
  verbs: ['list', 'watch'],
}));

/** An API server of three kinds; `play` says what is odd about it, and answers where it returns true. */
async function oddApi(
  play: (request: PlayedRequest, response: Parameters<typeof answer>[0]) => boolean,
): Promise<PlayedApi & { readonly text: string }> {
  const api = await playApi((request, response) => {
    const { path, query } = request;
    if (play(request, response)) return;
    if (path === '/api') answer(response, { kind: 'APIVersions', versions: ['v1'] });
    else if (path === '/apis') answer(response, { kind: 'APIGroupList', groups: [] });
    else if (path === '/api/v1') answer(response, { resources });
    else if (query.has('watch')) stream(response);
    else
      answer(response, {
        metadata: { resourceVersion: '1' },
        items: [{ metadata: { name: path.split('/').at(-1), uid: path, resourceVersion: '1' } }],
      });
  });
  closing.push(() => {
    api.close();
  });
  const text = JSON.stringify({
    clusters: [{ name: 'c', cluster: { server: api.url, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'u', user: {} }],
    contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'x',
  });
  return { ...api, text };
}

describe('a kind that fails', () => {
  it.each([
    ['is forbidden', 403, status(403, 'no')],
    ['is gone', 404, status(404, 'not found')],
    ['is served by a server that is away', 503, status(503, 'away')],
    ['is answered with nonsense', 200, { items: 'none' }],
    ['has an object without identity', 200, { metadata: { resourceVersion: '1' }, items: [{ metadata: { name: {} } }] }],
  ])('because it %s is a gap, does not stop the others, and is closed when it works', async (_what, code, body) => {
    let odd = true;
    const { text } = await oddApi(({ path }, response) => {
      if (!odd || !path.endsWith('/services')) return false;
      answer(response, body, code);
      return true;
    });

    const told = await watch(clusterOf(text), ['ConfigMap', 'Service']);
    await told.until('gap Service in pc', 'in-sync ConfigMap in pc');
    odd = false;
    await told.until('gap-closed Service in pc');

    expect(told.words.filter((word) => word === 'gap Service in pc')).toHaveLength(1);
    expect(told.words).not.toContain('gap ConfigMap in pc');
  });

  it('in a watch alone keeps what was told of it', async () => {
    const { text } = await oddApi(({ path, query }, response) => {
      if (!path.endsWith('/services') || !query.has('watch')) return false;
      answer(response, status(403, 'no'), 403);
      return true;
    });

    const told = await watch(clusterOf(text), ['Service']);
    await told.until('gap Service in pc');

    expect(told.words).toEqual(['applied services', 'in-sync Service in pc', 'gap Service in pc']);
  });
});

describe('discovery', () => {
  it('of a broken group is a gap, and the others are known', async () => {
    const { text } = await oddApi(({ path }, response) => {
      if (path === '/apis') {
        const versions = [{ version: 'v1' }];
        answer(response, {
          groups: [
            { name: 'away.example.com', versions },
            { name: 'odd.example.com', versions },
          ],
        });
      } else if (path.startsWith('/apis/away')) answer(response, status(503, 'away'), 503);
      else if (path.startsWith('/apis/odd')) answer(response, { resources: 'none' });
      else return false;
      return true;
    });

    const { kinds, gaps } = await clusterOf(text).servedKinds('home');

    expect(kinds.map(({ kind }) => kind)).toEqual(['ConfigMap', 'Service', 'Secret']);
    expect(gaps).toMatchObject([
      { group: 'away.example.com', version: 'v1', kind: '*', reason: 'discovering /apis/away.example.com/v1: 503 away' },
      { group: 'odd.example.com', version: 'v1', kind: '*', reason: 'its discovery can not be read' },
    ]);
  });

  it('that is answered with nonsense says so', async () => {
    const { text } = await oddApi((_request, response) => {
      answer(response, '<html>');
      return true;
    });

    await expect(clusterOf(text).servedKinds('home')).rejects.toMatchObject({ code: 'kubernetes-unexpected' });
  });
});

describe('a Secret that is named', () => {
  it('is asked for without its values, and loses them where the server sends them all the same', async () => {
    const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': 'hunter2', note: 'kept' };
    const secret = { metadata: { name: 'login', uid: '1', resourceVersion: '2', annotations }, data: { password: 'hunter2' } };
    const { text, asked } = await oddApi(({ path, query }, response) => {
      if (!path.endsWith('/secrets')) return false;
      if (query.has('watch')) stream(response, { type: 'MODIFIED', object: secret });
      else answer(response, { metadata: { resourceVersion: '1' }, items: [secret] });
      return true;
    });

    const told = await watch(clusterOf(text), ['Secret']);
    await told.until('applied login', 'in-sync Secret in pc', 'applied login');

    const forms = asked.filter(({ path }) => path.endsWith('/secrets')).map(({ headers }) => headers.accept);
    expect(forms.every((form) => form?.includes('PartialObjectMetadata') === true && !form.includes(','))).toBe(true);
    expect(JSON.stringify(told.events)).toContain('kept');
    expect(JSON.stringify(told.events)).not.toContain('hunter2');
  });
});

describe('schemas of custom kinds', () => {
  it('are read from what everybody may read where definitions may not be', async () => {
    const schema = { type: 'object', 'x-kubernetes-group-version-kind': [{ group: 'shop.example.com', version: 'v1', kind: 'Widget' }] };
    const { text } = await oddApi(({ path }, response) => {
      if (path.endsWith('/customresourcedefinitions')) answer(response, status(403, 'no'), 403);
      else if (path === '/apis') answer(response, { groups: [{ name: 'shop.example.com', versions: [{ version: 'v1' }] }] });
      else if (path === '/apis/shop.example.com/v1')
        answer(response, { resources: [{ name: 'widgets', kind: 'Widget', verbs: ['list'] }] });
      else if (path === '/openapi/v3/apis/shop.example.com/v1')
        answer(response, { components: { schemas: { 'com.example.shop.v1.Widget': schema } } });
      else return false;
      return true;
    });

    expect(await clusterOf(text).customSchemas('home')).toEqual({ 'shop.example.com/v1/Widget': schema });
  });
});
