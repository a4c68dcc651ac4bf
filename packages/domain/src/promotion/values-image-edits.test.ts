import { describe, expect, it } from 'vitest';
import { applySplices } from '../desired-state/apply-splices.ts';
import { type HelmRender, readHelmRender } from '../desired-state/helm-render.ts';
import { RepoPath } from '../document/repo-path.ts';
import { Digest } from '../evidence/digest.ts';
import type { ImagePin } from './image-pin.ts';
import { valuesImageEdits } from './values-image-edits.ts';

const digest = Digest.parse(`sha256:${'a'.repeat(64)}`);
const values = RepoPath.parse('env/values/images.yaml');

function renderOf(images: string): HelmRender {
  const text = `apiVersion: fairlead.dev/v1\nkind: HelmRender\nspec: { chart: ../chart, releaseName: shop, namespace: shop, images: ${images} }\n`;
  const read = readHelmRender(text, 'env/helm-render.yaml');
  if (read.kind === 'invalid') throw new Error(read.problems[0]?.message);
  return read.value;
}

function edit(images: string, text: string | undefined, components: readonly string[] = ['api']): ReturnType<typeof valuesImageEdits> {
  const pins = components.map((component): ImagePin => ({
    component,
    image: component,
    repository: `example.com/shop/${component}`,
    digest,
  }));
  const file = { path: values, ...(text === undefined ? {} : { text }) };
  const overlay = { path: RepoPath.parse('env/helm-render.yaml'), text: '' };
  return valuesImageEdits({ overlay, folder: 'env', render: renderOf(images), values: [file] }, pins);
}

function edited(text: string, { edits }: ReturnType<typeof valuesImageEdits>): string {
  return applySplices(
    text,
    edits.flatMap((part) => (part.kind === 'splice' ? [part] : [])),
  );
}

describe('images in values', () => {
  it('are written where they are mapped to, and nothing else changes', () => {
    const text = "# ours\napi:\n  image: {repository: old/api, digest: 'sha256:0'}   # pinned\nreplicas: 3\n";
    const images = '[{ component: api, file: values/images.yaml, repository: api.image.repository, digest: api.image.digest }]';

    expect(edited(text, edit(images, text))).toBe(
      `# ours\napi:\n  image: {repository: example.com/shop/api, digest: '${digest}'}   # pinned\nreplicas: 3\n`,
    );
  });

  it('may be one text', () => {
    const text = 'api: old/api:1.0\nweb: old/web:1.0\n';
    const images = '[{ component: api, file: values/images.yaml, image: api }, { component: web, file: values/images.yaml, image: web }]';

    expect(edited(text, edit(images, text, ['api', 'web']))).toBe(
      `api: example.com/shop/api@${digest}\nweb: example.com/shop/web@${digest}\n`,
    );
  });

  it('are left alone where they are as they shall be', () => {
    const image = '[{ component: api, file: values/images.yaml, image: api }]';

    expect(edit(image, `api: example.com/shop/api@${digest}\n`)).toEqual({ edits: [], problems: [] });
  });

  it.each([
    ['a component that nothing maps', '[]', 'api: x\n', 'says nowhere which value is the image of api'],
    ['a file that is not there', '[{ component: api, file: values/images.yaml, image: api }]', undefined, 'it is not there'],
    ['a key that is not there', '[{ component: api, file: values/images.yaml, image: a.b }]', 'api: x\n', 'a.b is no plain value'],
    ['a key that holds a map', '[{ component: api, file: values/images.yaml, image: api }]', 'api: {}\n', 'api is no plain value'],
    ['a value with an anchor', '[{ component: api, file: values/images.yaml, image: api }]', 'api: &a x\n', 'api is no plain value'],
  ])('stop the plan at %s', (_what, ...rest) => {
    const [images = '', text, message] = rest;

    const { edits, problems } = edit(images, text);

    expect(edits).toEqual([]);
    expect(problems.map(({ code }) => code)).toEqual(['images-not-editable']);
    expect(problems[0]?.message).toContain(message);
  });
});

describe('helm-render.yaml', () => {
  const read = (spec: string): string[] => {
    const text = `apiVersion: fairlead.dev/v1\nkind: HelmRender\nspec: { releaseName: shop, namespace: shop, ${spec} }\n`;
    const result = readHelmRender(text, 'h.yaml');
    return result.kind === 'ok' ? [] : result.problems.map(({ message }) => message);
  };

  it('takes a folder of the repository, and a packed chart with its digest', () => {
    expect(read('chart: ../../charts/shop')).toEqual([]);
    expect(read(`chart: shop-1.0.0.tgz, digest: ${digest}`)).toEqual([]);
  });

  it.each([
    ['a packed chart without a digest', 'chart: shop-1.0.0.tgz', 'a packed chart has the digest of its file'],
    ['a folder with one', `chart: shop, digest: ${digest}`, 'a folder has none'],
    ['a chart from elsewhere', 'chart: "oci://example.com/shop"', 'must be relative'],
    ['an image that is mapped in two ways', 'chart: c, images: [{ component: api, file: v, image: a, digest: b }]', 'give either image'],
  ])('refuses %s', (_what, spec, message) => {
    expect(read(spec)).toEqual([expect.stringContaining(message)]);
  });
});
