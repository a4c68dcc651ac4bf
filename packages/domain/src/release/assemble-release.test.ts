import { describe, expect, it } from 'vitest';
import { assembleRelease, type FragmentFile } from './assemble-release.ts';
import { createFragment, type FragmentInput } from './create-release.ts';
import { readReleaseFragment } from './release-fragment.ts';

const digest = (digit: string): string => `sha256:${digit.repeat(64)}`;
const component = (
  name: string,
  digit: string,
  platforms?: Readonly<Record<string, string>>,
): NonNullable<FragmentInput['components']>[number] => ({
  name,
  image: { repository: `r.example.com/${name}`, digest: digest(digit), ...(platforms === undefined ? {} : { platforms }) },
});

function fragment(file: string, more: Partial<FragmentInput> = {}): FragmentFile {
  const created = createFragment(
    {
      metadata: { service: 'pc', version: '1.0', createdAt: '2026-11-23T10:00:00Z' },
      source: { repository: 'https://git.example.com/pc', commit: 'a'.repeat(40), ref: 'refs/heads/main' },
      ...more,
    },
    file,
  );
  if (created.kind === 'invalid') throw new Error(JSON.stringify(created.problems));
  const read = readReleaseFragment(created.text, file);
  if (read.kind === 'invalid') throw new Error(JSON.stringify(read.problems));
  return { file, fragment: read.value };
}

function said(files: readonly FragmentFile[], required: readonly string[] = []): readonly string[] {
  const assembled = assembleRelease(files, required);
  return assembled.kind === 'refused' ? assembled.problems.map(({ message }) => message) : [];
}

describe('fragments of one build', () => {
  const web = fragment('web.yaml', { components: [component('web', 'b')], schema: { id: 's-1' }, seeds: { id: '12' } });
  const api = fragment('api.yaml', {
    components: [component('api', 'a')],
    schema: { id: 's-1', migrations: [{ id: 'm-1', kind: 'stateless', reversible: true, component: 'web' }] },
    artifacts: [{ name: 'base', type: 'kustomize-base', path: 'base', digest: digest('c') }],
  });

  it('become one release, the same in any order of the files', () => {
    const [one, other] = [assembleRelease([web, api], ['web', 'api']), assembleRelease([api, web, api], [])];

    expect(one).toEqual(other);
    expect(one.kind === 'created' && one.manifest.components.map(({ name }) => name)).toEqual(['api', 'web']);
    expect(one).toMatchObject({
      kind: 'created',
      manifest: {
        kind: 'ReleaseManifest',
        schema: { id: 's-1', migrations: [{ id: 'm-1' }] },
        seeds: { id: '12' },
        artifacts: [{ name: 'base' }],
      },
    });
  });

  it('add up what they know of the platforms of one image', () => {
    const amd = fragment('amd.yaml', { components: [component('api', 'a', { 'linux/amd64': digest('1') })] });
    const arm = fragment('arm.yaml', { components: [component('api', 'a', { 'linux/arm64': digest('2') })] });

    const assembled = assembleRelease([amd, arm], []);

    expect(assembled.kind === 'created' && assembled.manifest.components[0]?.image.platforms).toEqual({
      'linux/amd64': digest('1'),
      'linux/arm64': digest('2'),
    });
  });
});

describe('fragments are refused', () => {
  const base = fragment('one.yaml', { components: [component('api', 'a')] });

  it('that disagree on a digest, with both files and both digests', () => {
    expect(said([base, fragment('two.yaml', { components: [component('api', 'b')] })])).toEqual([
      `component api differs: one.yaml says r.example.com/api@${digest('a')}, two.yaml says r.example.com/api@${digest('b')}`,
    ]);
  });

  it('that disagree on a platform', () => {
    const files = ['1', '2'].map((digit) =>
      fragment(`${digit}.yaml`, { components: [component('api', 'a', { 'linux/amd64': digest(digit) })] }),
    );

    expect(said(files)).toEqual([`component api on linux/amd64 differs: 1.yaml says ${digest('1')}, 2.yaml says ${digest('2')}`]);
  });

  it.each([
    ['the service', { metadata: { service: 'other', version: '1.0', createdAt: '2026-11-23T10:00:00Z' } }],
    ['the version', { metadata: { service: 'pc', version: '1.1', createdAt: '2026-11-23T10:00:00Z' } }],
    ['createdAt', { metadata: { service: 'pc', version: '1.0', createdAt: '2026-11-23T10:00:01Z' } }],
    ['the source repository', { source: { repository: 'https://git.example.com/x', commit: 'a'.repeat(40), ref: 'refs/heads/main' } }],
    ['the commit', { source: { repository: 'https://git.example.com/pc', commit: 'b'.repeat(40), ref: 'refs/heads/main' } }],
    ['the ref', { source: { repository: 'https://git.example.com/pc', commit: 'a'.repeat(40), ref: 'refs/heads/x' } }],
  ])('that disagree on %s', (what, more) => {
    const messages = said([base, fragment('two.yaml', more)]);

    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(new RegExp(`^${what} differs: one\\.yaml says .*, two\\.yaml says `));
  });

  it.each([
    ['the schema id', { schema: { id: 's-1' } }, { schema: { id: 's-2' } }],
    ['the seed id', { seeds: { id: '1' } }, { seeds: { id: '2' } }],
    ['profile prod', { profiles: { prod: { min: 1 } } }, { profiles: { prod: { min: 2 } } }],
  ])('that disagree on %s', (what, one, other) => {
    const messages = said([base, fragment('two.yaml', one), fragment('three.yaml', other)]);

    expect(messages).toEqual([expect.stringMatching(new RegExp(`^${what} differs: three\\.yaml says .*, two\\.yaml says `))]);
  });

  it('that lack a required component, with everything else that is wrong', () => {
    const messages = said([base, fragment('two.yaml', { components: [component('api', 'b')] })], ['web', 'api', 'worker']);

    expect(messages).toEqual([
      expect.stringContaining('component api differs'),
      'component web is required, and none of the fragments has it',
      'component worker is required, and none of the fragments has it',
    ]);
  });

  it('that have no component at all', () => {
    expect(said([fragment('one.yaml', { seeds: { id: '1' } })])).not.toEqual([]);
    expect(said([])).toEqual(['no fragment is given']);
  });
});
