import { describe, expect, it } from 'vitest';
import { applySplices } from '../desired-state/apply-splices.ts';
import { ObjectSha } from '../desired-state/commit-sha.ts';
import { type FileChange, fileChanges } from '../desired-state/file-change.ts';
import type { TreeFile } from '../desired-state/tree-file.ts';
import { RepoPath } from '../document/repo-path.ts';
import { Digest } from '../evidence/digest.ts';
import { readEnvironment } from '../environment/environment.ts';
import { readReleaseManifest } from '../release/release-manifest.ts';
import { readService } from '../service/service.ts';
import { type EditsInput, planEdits } from './plan-edits.ts';
import { plannedPaths } from './planned-paths.ts';

const digest = (hex: string): string => `sha256:${hex.repeat(64)}`;
const commit = '1234567890'.repeat(4);

const manifestText = `apiVersion: fairlead.dev/v1
kind: ReleaseManifest
metadata: { service: svc, version: "1.40", createdAt: 2026-11-23T10:00:00Z }
source: { repository: https://git.example.com/svc, commit: "${commit}", ref: refs/heads/main }
components:
  - { name: api, image: { repository: example.com/svc/api, digest: ${digest('a')} } }
artifacts:
  - { name: base, type: kustomize-base, path: deploy/base, digest: ${digest('b')} }
`;
const serviceText = `apiVersion: fairlead.dev/v1
kind: Service
metadata: { name: svc }
spec:
  repository: https://git.example.com/svc
  source: { refs: [refs/heads/main] }
  environments: [prod]
  components: [{ name: api, image: example.com/svc/api }]
`;
const environmentText = `apiVersion: fairlead.dev/v1
kind: Environment
metadata: { name: prod }
spec:
  tier: production
  path: environments/prod
  profile: prod
  delivery: { controller: argocd, targets: [{ cluster: c, namespace: argocd, application: svc }] }
`;

function ok<T extends { readonly kind: string }>(result: T): T & { readonly kind: 'ok' } {
  if (isOk(result)) return result;
  throw new Error(JSON.stringify(result));
}

function isOk<T extends { readonly kind: string }>(result: T): result is T & { readonly kind: 'ok' } {
  return result.kind === 'ok';
}

const release = ok(readReleaseManifest(manifestText, 'manifest'));
const service = ok(readService(serviceText, 'service')).value;
const environment = ok(readEnvironment(environmentText, 'environment')).value;
const paths = plannedPaths(RepoPath.parse('services/svc'), { service, environment, release: release.digest });
const overlayPath = RepoPath.parse(`${paths.environment}/kustomization.yaml`);
const base = RepoPath.parse('services/svc/deploy/base');

const file = (path: string, blob: string, mode: TreeFile['mode'] = '100644'): TreeFile => ({
  path: RepoPath.parse(path),
  mode,
  blob: ObjectSha.parse(blob.repeat(40)),
});

const baseless: EditsInput = {
  service,
  environment,
  release: { manifest: release.value, digest: release.digest, text: manifestText },
  overlay: { path: overlayPath, text: 'resources: [release]\nimages: [{ name: api }]\n' },
  reference: { path: paths.reference },
  values: { path: paths.values },
  manifest: { path: paths.manifest },
  pinned: { folder: paths.pinned, files: 'absent' },
};
const input: EditsInput = {
  ...baseless,
  base: { folder: base, files: [file(`${base}/a.yaml`, '1'), file(`${base}/run.sh`, '2', '100755')] },
};

const changes = (given: EditsInput): ReadonlyMap<string, FileChange> => fileChanges(planEdits(given).edits);

const reference = `# whose: ops
apiVersion: fairlead.dev/v1
kind: ReleaseManifestRef
service: svc
release: '${digest('0')}' # now
source: { repository: "https://old.example.com/svc", commit: ${'c'.repeat(40)} }
manifest: releases/svc/old.yaml
`;

describe('planEdits', () => {
  it('writes what is not there, below the service root', () => {
    const made = changes(input);

    expect([...made.keys()]).toEqual([
      'services/svc/environments/prod/release-manifest.ref',
      'services/svc/environments/prod/kustomization.yaml',
      `services/svc/releases/svc/${release.digest.replace(':', '-')}.yaml`,
      'services/svc/environments/prod/release/a.yaml',
      'services/svc/environments/prod/release/run.sh',
    ]);
    expect(made.get('services/svc/environments/prod/release/run.sh')).toEqual({
      kind: 'copy',
      path: 'services/svc/environments/prod/release/run.sh',
      mode: '100755',
      from: 'services/svc/deploy/base/run.sh',
      blob: '2'.repeat(40),
    });
  });

  it('changes the values of a reference and keeps a person’s comments and quotes', () => {
    const change = changes({ ...input, reference: { path: paths.reference, text: reference } }).get(paths.reference);

    const text = change?.kind === 'splices' ? applySplices(reference, change.splices) : '';
    expect(text).toBe(`# whose: ops
apiVersion: fairlead.dev/v1
kind: ReleaseManifestRef
service: svc
release: '${release.digest}' # now
source: { repository: "https://git.example.com/svc", commit: "${commit}" }
manifest: releases/svc/${release.digest.replace(':', '-')}.yaml
`);
  });

  it.each([
    ['is something else', 'kind: ConfigMap\n'],
    ['uses an anchor', reference.replace('release: ', 'release: &r ')],
    ['lacks a field', reference.replace(/^manifest.*\n/m, '')],
    ['is not YAML', '['],
  ])('stops at a reference that %s', (_, text) => {
    const { edits, problems } = planEdits({ ...input, reference: { path: paths.reference, text } });

    expect(problems.map(({ code }) => code)).toEqual(['reference-not-editable']);
    expect(edits).toEqual([]);
  });

  it('makes the pinned folder the same as the base: copies what differs, removes what the base lost', () => {
    const folder = paths.pinned;
    const files = [file(`${folder}/a.yaml`, '1'), file(`${folder}/old.yaml`, '3'), file(`${folder}/run.sh`, '2')];
    const made = [...changes({ ...input, pinned: { folder, files } }).values()];

    const pinned = made.filter((change) => change.kind === 'copy' || change.kind === 'remove');
    expect(pinned.map((change) => `${change.kind} ${change.path.slice(folder.length)}`)).toEqual(['copy /run.sh', 'remove /old.yaml']);
  });

  it('writes the release’s values only where the overlay lists them', () => {
    const overlay = { path: overlayPath, text: 'configMapGenerator: [{ name: x, files: [r.yaml=./values/release.yaml] }]\nimages: []\n' };

    expect(changes(input).has(paths.values)).toBe(false);
    expect(changes({ ...input, overlay }).get(paths.values)).toMatchObject({
      kind: 'write',
      text: `service: svc\nversion: "1.40"\nrelease: ${release.digest}\ncommit: "${commit}"\n`,
    });
  });

  it('keeps a manifest that is there in another spelling, and stops at one that says something else', () => {
    const respelt = manifestText.replace('kind: ReleaseManifest', 'kind: "ReleaseManifest" # ours');
    const other = manifestText.replace('"1.40"', '"1.41"');

    expect(changes({ ...input, manifest: { path: paths.manifest, text: respelt } }).has(paths.manifest)).toBe(false);
    expect(planEdits({ ...input, manifest: { path: paths.manifest, text: other } }).problems).toMatchObject([{ code: 'manifest-differs' }]);
  });

  it('stops without a base to pin, and needs none where inputs are shared', () => {
    const shared = { ...environment, spec: { ...environment.spec, inputs: 'shared' as const } };

    expect(planEdits(baseless).problems).toMatchObject([{ code: 'base-missing' }]);
    expect(planEdits({ ...input, base: { folder: base, files: 'absent' } }).problems).toMatchObject([{ code: 'base-absent' }]);
    expect(planEdits({ ...baseless, environment: shared }).problems).toEqual([]);
  });

  it('stops at a base that is not the one that was released', () => {
    const at = { folder: base, files: input.base?.files ?? 'absent' };

    expect(planEdits({ ...input, base: { ...at, digest: Digest.parse(digest('0')) } }).problems).toMatchObject([{ code: 'base-differs' }]);
    expect(planEdits({ ...input, base: { ...at, digest: Digest.parse(digest('b')) } }).problems).toEqual([]);
  });

  it('says all problems at once', () => {
    const { problems } = planEdits({
      ...input,
      overlay: { path: overlayPath, text: 'images: [{ name: api }, { name: example.com/svc/api }]' },
      reference: { path: paths.reference, text: '[' },
    });

    expect(problems.map(({ code }) => code)).toEqual(['reference-not-editable', 'image-ambiguous']);
  });
});

describe('planEdits of a chart', () => {
  const overlay = (chart: string): EditsInput['overlay'] => ({
    path: RepoPath.parse(`${paths.environment}/helm-render.yaml`),
    text: [
      'apiVersion: fairlead.dev/v1\nkind: HelmRender\nspec:',
      `  chart: ${chart}\n  releaseName: svc\n  namespace: svc\n  values: [values/release.yaml, values/prod.yaml]`,
      '  images: [{ component: api, file: values/prod.yaml, image: api.image }]\n',
    ].join('\n'),
  });
  const values = { path: RepoPath.parse(`${paths.environment}/values/prod.yaml`), text: 'api: { image: old }\n' };

  it('writes the image into the values, and the facts of the release where they are listed', () => {
    const made = changes({ ...baseless, overlay: overlay('../../charts/svc'), mapped: [values] });

    expect([...made.keys()]).toEqual([
      'services/svc/environments/prod/release-manifest.ref',
      'services/svc/environments/prod/values/prod.yaml',
      'services/svc/environments/prod/values/release.yaml',
      `services/svc/releases/svc/${release.digest.replace(':', '-')}.yaml`,
    ]);
    const change = made.get(values.path);
    const text = change?.kind === 'splices' ? applySplices(values.text, change.splices) : '';
    expect(text).toBe(`api: { image: example.com/svc/api@${digest('a')} }\n`);
  });

  it('copies the chart of the release where the environment reads it there', () => {
    const made = changes({ ...input, overlay: overlay('release'), mapped: [values] });

    expect(made.get(RepoPath.parse('services/svc/environments/prod/release/a.yaml'))?.kind).toBe('copy');
  });

  it.each([
    ['the release has none', { ...baseless, overlay: overlay('release'), mapped: [values] }, 'base-missing'],
    ['it is invalid', { ...baseless, overlay: { ...overlay('x'), text: 'kind: HelmRender\n' } }, 'images-not-editable'],
  ])('stops where %s', (_what, given, code) => {
    expect(planEdits(given).problems.map((problem) => problem.code)).toContain(code);
  });
});
