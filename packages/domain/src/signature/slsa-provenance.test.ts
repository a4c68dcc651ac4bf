import { describe, expect, it } from 'vitest';
import { CommitSha } from '../desired-state/commit-sha.ts';
import { RepositoryUrl } from '../service/repository-url.ts';
import { judgeProvenance } from './judge-provenance.ts';
import { ProvenanceDemand } from './provenance-demand.ts';
import { readProvenance, type Provenance } from './slsa-provenance.ts';

const commit = 'a'.repeat(40);
const v1 = 'https://slsa.dev/provenance/v1';
const v02 = 'https://slsa.dev/provenance/v0.2';
const hosted = 'https://github.com/actions/runner/github-hosted';

const gitHub = {
  buildDefinition: {
    buildType: 'https://actions.github.io/buildtypes/workflow/v1',
    externalParameters: {
      workflow: { ref: 'refs/heads/main', repository: 'https://github.com/acme/shop', path: '.github/workflows/release.yml' },
    },
    resolvedDependencies: [{ uri: 'git+https://github.com/acme/shop@refs/heads/main', digest: { gitCommit: commit } }],
  },
  runDetails: { builder: { id: hosted } },
};
const generator = {
  builder: {
    id: 'https://github.com/slsa-framework/slsa-github-generator/.github/workflows/generator_container_slsa3.yml@refs/tags/v2.1.0',
  },
  invocation: {
    configSource: {
      uri: 'git+https://github.com/acme/shop@refs/heads/main',
      digest: { sha1: commit },
      entryPoint: '.github/workflows/release.yml',
    },
  },
};
const buildKit = {
  buildDefinition: {
    externalParameters: { configSource: { uri: 'https://github.com/acme/shop.git#refs/heads/main', digest: { sha1: commit } } },
  },
  runDetails: { builder: { id: hosted } },
};
const gitLab = {
  buildDefinition: {
    externalParameters: { source: 'https://gitlab.com/acme/shop' },
    resolvedDependencies: [{ uri: 'https://gitlab.com/acme/shop', digest: { gitCommit: commit } }],
  },
  runDetails: { builder: { id: 'https://gitlab.com/acme/shop/-/runners/12' } },
};

function read(predicateType: string, predicate: unknown): Provenance {
  const provenance = readProvenance({ subjects: [], predicateType, predicate });
  if (typeof provenance === 'string') throw new Error(provenance);
  return provenance;
}

const source = { repository: 'https://github.com/acme/shop', ref: 'refs/heads/main', commit };

describe('provenance', () => {
  it.each([
    ['GitHub', v1, gitHub, source],
    ['BuildKit', v1, buildKit, source],
    ['the SLSA generators', v02, generator, source],
    ['GitLab', v1, gitLab, { repository: 'https://gitlab.com/acme/shop', commit }],
  ])('of %s names its source', (...row) => {
    const [, type, predicate, expected] = row;

    expect(read(type, predicate).sources).toEqual([expected]);
  });

  it('says no commit where the dependencies hold two of the same repository', () => {
    const two = structuredClone(gitHub);
    two.buildDefinition.resolvedDependencies.push({
      uri: 'git+https://github.com/acme/shop@refs/heads/main',
      digest: { gitCommit: 'b'.repeat(40) },
    });

    expect(read(v1, two).sources).toEqual([{ repository: 'https://github.com/acme/shop', ref: 'refs/heads/main' }]);
  });

  it('is told from other predicates, and from what only claims to be provenance', () => {
    expect(readProvenance({ subjects: [], predicateType: 'https://cyclonedx.org/bom', predicate: {} })).toBe('other-type');
    for (const predicate of [undefined, null, [], { builder: 1 }, { buildDefinition: {}, runDetails: {} }])
      for (const type of [v1, v02]) expect(readProvenance({ subjects: [], predicateType: type, predicate })).toBe('unreadable');
  });
});

describe('what a policy asks of provenance', () => {
  const demand = (more: object = {}): ProvenanceDemand => ProvenanceDemand.parse({ signers: ['ci'], builders: [hosted], ...more });
  const release = {
    repository: RepositoryUrl.parse('git@github.com:acme/shop.git'),
    commit: CommitSha.parse(commit),
    refs: ['refs/heads/main'],
  };

  it('is met by the build of the release’s commit, whatever protocol names its repository', () => {
    expect(judgeProvenance(read(v1, gitHub), demand(), release)).toEqual([]);
    expect(judgeProvenance(read(v1, buildKit), demand(), release)).toEqual([]);
  });

  it.each([
    [
      'another builder',
      demand({ builders: ['https://ci.example.com/*'] }),
      release,
      [`it was built by ${hosted}, and the policy knows https://ci.example.com/*`],
    ],
    [
      'another repository',
      demand({ repository: 'https://github.com/acme/other' }),
      release,
      ['it was built from https://github.com/acme/shop, not from https://github.com/acme/other'],
    ],
    ['another ref', demand({ refs: ['refs/heads/stable'] }), release, ['it was built from refs/heads/main, not from refs/heads/stable']],
    [
      'another commit',
      demand(),
      { ...release, commit: CommitSha.parse('b'.repeat(40)) },
      [`it was built from commit ${commit}, and the release from ${'b'.repeat(40)}`],
    ],
  ])('is not met by %s', (...row) => {
    const [, asked, of, reasons] = row;

    expect(judgeProvenance(read(v1, gitHub), asked, of)).toEqual(reasons);
  });

  it('is not met by a ref that nobody named, where the policy names refs', () => {
    const lab = { ...release, repository: RepositoryUrl.parse('https://gitlab.com/acme/shop') };
    const builders = ['https://gitlab.com/acme/shop/-/runners/*'];

    expect(judgeProvenance(read(v1, gitLab), demand({ builders }), lab)).toEqual([]);
    expect(judgeProvenance(read(v1, gitLab), demand({ builders, refs: ['refs/heads/main'] }), lab)).toEqual([
      'it names no ref, and the policy asks for refs/heads/main',
    ]);
  });

  it('is not met where one of several sources is another', () => {
    const two = {
      ...gitHub,
      buildDefinition: {
        ...gitHub.buildDefinition,
        externalParameters: { ...gitHub.buildDefinition.externalParameters, source: 'https://github.com/evil/shop' },
      },
    };

    expect(judgeProvenance(read(v1, two), demand(), release)).toContain(
      'it was built from https://github.com/evil/shop, not from git@github.com:acme/shop.git',
    );
  });

  it('is not met by provenance without a source', () => {
    expect(judgeProvenance(read(v02, { builder: { id: hosted } }), demand(), release)).toEqual(['it names no source']);
  });
});
