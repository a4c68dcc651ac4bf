import { describe, expect, it } from 'vitest';
import type { LiveContainer } from '../delivery/live-image.ts';
import { ReleaseComponent } from '../release/release-component.ts';
import type { DesiredContainer } from './desired-containers.ts';
import { judgeLiveDigests, type LiveDigestsQuestion, type LiveDigestsVerdict } from './judge-live-digests.ts';

const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;
const right = digest('a');
const platform = digest('b');
const wrong = digest('c');
const third = digest('d');
const stranger = digest('e');

const api = ReleaseComponent.parse({
  name: 'api',
  image: { repository: 'registry.example.com:5000/pc/api', digest: right, platforms: { 'linux/amd64': platform } },
});

const wanted: DesiredContainer = {
  workload: 'Deployment/api',
  container: 'api',
  image: `registry.example.com:5000/pc/api@${right}`,
  lasting: true,
};

function container(change: Partial<LiveContainer> = {}): LiveContainer {
  return {
    namespace: 'pc',
    pod: 'api-1',
    container: 'api',
    kind: 'main',
    image: `registry.example.com:5000/pc/api@${right}`,
    digest: right,
    ready: true,
    ...change,
  };
}

/** Not pulled yet: the runtime names no digest. */
function pending(image: string): LiveContainer {
  const { namespace, pod, kind } = container();
  return { namespace, pod, container: 'api', kind, image, ready: false };
}

function judge(containers: readonly LiveContainer[], change: Partial<LiveDigestsQuestion> = {}): LiveDigestsVerdict {
  return judgeLiveDigests({
    components: [api],
    required: ['api'],
    thirdParty: [`quay.io/redis/redis@${third}`],
    desired: [wanted],
    inventory: { observedAt: '2026-11-23T15:30:00Z', namespaces: ['pc'], containers },
    ownedNamespaces: ['pc'],
    ...change,
  });
}

interface Case {
  readonly when: string;
  readonly containers: readonly LiveContainer[];
  readonly change?: Partial<LiveDigestsQuestion>;
  readonly status: string;
  readonly verdict: 'passed' | 'failed';
}

describe('a component', () => {
  it.each<Case>([
    { when: 'its digest runs', containers: [container()], status: 'match', verdict: 'passed' },
    { when: "its platform's digest runs", containers: [container({ digest: platform })], status: 'match', verdict: 'passed' },
    {
      when: 'a mirror has the image',
      containers: [container({ image: 'mirror.example.com/api:1.0' })],
      status: 'match',
      verdict: 'passed',
    },
    { when: 'another digest runs', containers: [container({ digest: wrong })], status: 'mismatch', verdict: 'failed' },
    {
      when: 'an old pod runs beside the new one',
      containers: [container(), container({ digest: wrong })],
      status: 'mismatch',
      verdict: 'failed',
    },
    {
      when: 'another image has its tag',
      containers: [container({ image: 'registry.example.com:5000/pc/api:1.0', digest: wrong })],
      status: 'mismatch',
      verdict: 'failed',
    },
    { when: 'nothing runs', containers: [], status: 'missing', verdict: 'failed' },
    { when: 'nothing of it is ready', containers: [container({ ready: false })], status: 'not-ready', verdict: 'failed' },
    { when: 'it is not pulled yet', containers: [pending(wanted.image)], status: 'not-ready', verdict: 'failed' },
    { when: 'one more of it is coming', containers: [container(), pending(wanted.image)], status: 'match', verdict: 'passed' },
    {
      when: 'what is coming is not pinned',
      containers: [container(), pending('registry.example.com:5000/pc/api:1.0')],
      status: 'mismatch',
      verdict: 'failed',
    },
    {
      when: 'only a job would run it',
      containers: [],
      change: { desired: [{ ...wanted, lasting: false }] },
      status: 'idle',
      verdict: 'passed',
    },
    {
      when: 'it is desired by another name of its image',
      containers: [],
      change: { desired: [{ ...wanted, image: `mirror.example.com/api@${right}` }] },
      status: 'missing',
      verdict: 'failed',
    },
    {
      when: 'the desired state lacks it and it is required',
      containers: [],
      change: { desired: [] },
      status: 'missing',
      verdict: 'failed',
    },
    {
      when: 'the desired state lacks it and it is optional',
      containers: [],
      change: { desired: [], required: [] },
      status: 'not-desired',
      verdict: 'passed',
    },
    {
      when: 'it runs where it is not desired',
      containers: [container({ digest: wrong })],
      change: { desired: [], required: [] },
      status: 'mismatch',
      verdict: 'failed',
    },
    {
      when: 'the desired state has it by a tag',
      containers: [],
      change: { desired: [{ ...wanted, image: 'registry.example.com:5000/pc/api:1.0' }], required: [] },
      status: 'missing',
      verdict: 'failed',
    },
    {
      when: 'the desired state has only something else',
      containers: [],
      change: { desired: [{ ...wanted, image: 'quay.io/redis/redis:7' }], required: [] },
      status: 'not-desired',
      verdict: 'passed',
    },
  ])('is $status when $when', ({ containers, change, status, verdict }) => {
    const found = judge(containers, change);

    expect(found.components.map((component) => component.status)).toEqual([status]);
    expect(found.verdict).toBe(verdict);
    expect(found.problems).toHaveLength(verdict === 'passed' ? 0 : 1);
  });

  it('is shown with what was expected and what runs', () => {
    const { components, problems } = judge([container({ digest: wrong }), container()]);

    expect(components).toEqual([{ component: 'api', expected: [right, platform], running: [right, wrong], status: 'mismatch' }]);
    expect(problems).toEqual([`api runs ${wrong}, not ${right} or ${platform}`]);
  });
});

describe('what else runs', () => {
  const redis = container({ pod: 'redis-0', container: 'redis', image: 'redis:7', digest: third });
  const miner = container({ pod: 'api-1', container: 'miner', kind: 'ephemeral', image: 'miner:latest', digest: stranger });
  const unknown = { ...pending('miner:latest'), container: 'miner' };

  it('may be a declared third-party image, by digest', () => {
    expect(judge([container(), redis])).toMatchObject({ verdict: 'passed', unexpected: [] });
  });

  it.each([
    ['an undeclared image', miner, { container: 'pc/api-1/miner', image: 'miner:latest', digest: stranger }],
    [
      'a declared name with another digest',
      { ...redis, digest: stranger },
      { container: 'pc/redis-0/redis', image: 'redis:7', digest: stranger },
    ],
    ['an image without a digest', unknown, { container: 'pc/api-1/miner', image: 'miner:latest' }],
  ])('is unexpected where it is %s', (_what, other, shown) => {
    expect(judge([container(), other])).toMatchObject({ verdict: 'failed', unexpected: [shown] });
  });

  it('is none of it where it belongs to any component', () => {
    const web = ReleaseComponent.parse({ name: 'web', image: { repository: 'registry.example.com:5000/pc/web', digest: stranger } });
    const both = [container(), container({ container: 'web', image: 'registry.example.com:5000/pc/web', digest: stranger })];

    expect(judge(both, { components: [api, web] })).toMatchObject({ verdict: 'passed', unexpected: [] });
  });

  it('is named by its digest, or by its image where there is none', () => {
    expect(judge([container(), miner, unknown]).problems).toEqual([
      `pc/api-1/miner runs ${stranger}, which is not of this release`,
      'pc/api-1/miner runs miner:latest, which is not of this release',
    ]);
  });

  it('is not our affair in a namespace that is shared', () => {
    expect(judge([container(), miner], { ownedNamespaces: [] })).toMatchObject({ verdict: 'passed', unexpected: [] });
  });
});

it('is a mismatch, in words, while an unpinned image is not pulled', () => {
  expect(judge([pending('registry.example.com:5000/pc/api')]).problems).toEqual([
    `api runs an image that is not pulled yet, not ${right} or ${platform}`,
  ]);
});
