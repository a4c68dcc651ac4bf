import {
  ActorId,
  approvedContent,
  digestOf,
  EnvironmentId,
  foldReadiness,
  PromotionId,
  type Actor,
  type Digest,
  type EvidenceType,
  type Json,
  type JsonObject,
  type NewEvidence,
  type ReadinessExpectation,
  type ReadinessRecord,
  type SignedRecord,
} from '@fairlead/domain';
import type { EvidenceWorld, SeededKey } from './evidence-world.ts';

export const environment = EnvironmentId.parse('shop/prod');
export const promotionId = PromotionId.parse('p-01jzzzzzzzzzzzzzzzzzzzzzzz');
export const mergeCommit = 'b'.repeat(40);
const head = 'a'.repeat(40);

/** The document of the release; its digest is the release. */
export const manifest = {
  apiVersion: 'fairlead.dev/v1',
  kind: 'ReleaseManifest',
  metadata: { service: 'shop', version: '1.42.0', createdAt: '2026-01-02T00:00:00Z' },
  source: { repository: 'https://git.example.com/shop', commit: 'c'.repeat(40), ref: 'refs/heads/main' },
  components: [{ name: 'api', image: { repository: 'registry.example.com/shop/api', digest: digestOf('api') } }],
} as const;
export const release = digestOf(manifest);
const policy = digestOf('policy');
const after = digestOf('after');

export const plan = {
  kind: 'release',
  service: 'shop',
  environment,
  release: { digest: release, version: '1.42.0', commit: 'c'.repeat(40) },
  inputs: digestOf('inputs'),
  policy,
  edits: [{ path: 'environments/prod/kustomization.yaml' }],
  before: { digest: digestOf('before'), objects: 3 },
  after: { digest: after, objects: 3 },
} as const;
export const content = approvedContent({ release, edits: digestOf(plan.edits), before: plan.before.digest, after, policy });

export function person(name: string, groups: readonly string[] = ['approvers']): Actor {
  return { id: ActorId.parse(`local:${name}`), issuer: 'local', subject: name, amr: ['token'], kind: 'person', groups };
}
const fairlead: Actor = {
  id: ActorId.parse('fairlead:engine'),
  issuer: 'fairlead',
  subject: 'engine',
  amr: [],
  kind: 'fairlead',
  groups: [],
};

/** Minute and second of the promotion's hour. */
export function time(minute: number, second = 0): string {
  return new Date(Date.UTC(2026, 0, 2, 3, minute, second)).toISOString();
}

/** A fact of the promotion, with the fields that all of them share. */
export function fact(type: EvidenceType, at: string, more: Partial<NewEvidence> & { readonly body: JsonObject }): NewEvidence {
  return {
    type,
    at,
    actor: fairlead,
    service: 'shop',
    environment,
    release,
    promotion: promotionId,
    revision: mergeCommit,
    policy: { digest: policy },
    subjects: [{ name: '1.42.0', digest: { sha256: release.slice(7) } }],
    ...more,
  };
}

export const targets = ['prod-eu/argocd/shop', 'prod-us/argocd/shop'];

export interface StoryOptions {
  readonly targets?: readonly string[];
  readonly phases?: readonly string[];
  /** How many have to approve; nobody is asked where it is 0. */
  readonly approvals?: number;
  readonly approvers?: readonly {
    readonly who: Actor;
    readonly decision?: 'approve' | 'reject';
    readonly content?: Digest;
    readonly key?: SeededKey;
  }[];
  /** Whom the gate says it counted; those who approved, unless said. */
  readonly counted?: readonly string[];
  readonly requester?: Actor;
  /** Differences that the last look finds. */
  readonly drift?: readonly JsonObject[];
  /** Facts that stand before the verdict: exceptions, revocations. */
  readonly besides?: readonly NewEvidence[];
  /** Exceptions in force, as the closure lists them. */
  readonly exceptions?: readonly string[];
  readonly spec?: 'readiness/v0' | 'readiness/v1';
  /** Nobody else writes into the log. */
  readonly alone?: true;
  /** More records of steps, to make it long. */
  readonly steps?: number;
  readonly edit?: (evidence: NewEvidence) => NewEvidence;
}

export interface Story {
  readonly world: EvidenceWorld;
  /** In the log's order, with the release's and the exceptions' records. */
  readonly records: readonly SignedRecord[];
  readonly documents: readonly Json[];
}

/** Lives one promotion through to its end, in a log where others write too. */
export function liveStory(world: EvidenceWorld, options: StoryOptions = {}): Story {
  const records: SignedRecord[] = [];
  const edit = options.edit ?? ((evidence: NewEvidence) => evidence);
  const put = (evidence: NewEvidence, key?: SeededKey): SignedRecord => {
    const record = world.append(world.sign(edit(evidence), key));
    records.push(record);
    return record;
  };
  const noise = (records: number): void => {
    if (options.alone === undefined) world.noise(records);
  };
  noise(3);
  for (const [evidence, key] of beforeVerdict(options)) put(evidence, key);
  noise(2);
  for (const evidence of observations(options)) put(evidence);
  for (const evidence of options.besides ?? []) put(evidence);
  const verdict = put(fact('readiness', time(20), { body: verdictBody(records, options) }));
  const ownRecords = records.filter(({ evidence }) => evidence.promotion !== undefined);
  const own = ownRecords.map(({ digest }) => digest);
  // The verdict comes into the log together with the closure, which can't know its place.
  const places = ownRecords.map((record) => world.bundled(record).index);
  const status = verdict.evidence.body['verdict'] === 'ready' ? 'ready' : 'failed';
  put(
    fact('promotion-closure', time(20, 1), {
      body: { status, records: own, indices: places.slice(0, -1), count: own.length, exceptions: [...(options.exceptions ?? [])] },
    }),
  );
  noise(4);
  return { world, records, documents: [manifest, plan] };
}

function* beforeVerdict(options: StoryOptions): Generator<readonly [NewEvidence, SeededKey?]> {
  const { requester = person('rae', ['promoters']), steps = 0 } = options;
  yield [registration()];
  const planned = { revision: head, actor: requester, body: { plan: digestOf(plan), base: head, inputs: plan.inputs, risk: 'low' } };
  yield [fact('promotion-plan', time(1), planned)];
  yield [fact('desired-state', time(1), { revision: head, body: { stage: 'planned', approved: after, rendered: after, objects: 3 } })];
  for (let n = 0; n < steps; n += 1)
    yield [fact('promotion-step', time(2), { revision: head, body: { step: 'look', key: String(n), stage: 'intended' } })];
  yield* decisions(options);
  yield [fact('merge', time(7), { body: { head, commit: mergeCommit, change: 7 } })];
  yield [fact('desired-state', time(8), { body: { stage: 'merged', approved: after, rendered: after, commit: mergeCommit } })];
}

function registration(): NewEvidence {
  const {
    environment: _everywhere,
    promotion: _none,
    policy: _noPolicy,
    ...registered
  } = fact('release-manifest', time(0), {
    actor: person('ci', []),
    revision: manifest.source.commit,
    body: { pinned: true, version: '1.42.0', components: [`api=${manifest.components[0].image.digest}`], bytes: digestOf('text') },
  });
  return registered;
}

function* decisions({
  approvals = 1,
  approvers = [{ who: person('ada') }],
  counted,
}: StoryOptions): Generator<readonly [NewEvidence, SeededKey?]> {
  for (const { who, decision = 'approve', content: of = content, key } of approvers) {
    const evidence = fact('approval', time(5), { revision: head, actor: who, body: { decision, content: of, reason: null } });
    yield key === undefined ? [evidence] : [evidence, key];
  }
  const by =
    counted ?? (approvals === 0 ? [] : approvers.filter(({ decision = 'approve' }) => decision === 'approve').map(({ who }) => who.id));
  const gate = { gate: 'approval', verdict: 'met', content, judgedUnder: policy, by, required: approvals, groups: ['approvers'] };
  yield [fact('gate', time(6), { revision: head, body: gate })];
}

function observations({
  targets: seen = targets,
  phases = ['routes'],
  drift = [],
  spec = 'readiness/v1',
}: StoryOptions): readonly NewEvidence[] {
  const component = { component: 'api', expected: ['sha256:one'], running: ['sha256:one'], status: 'same' };
  const check = { name: 'home', kind: 'http', verdict: 'passed', expected: '200', observed: '200 <b>in</b> 12 ms', durationMs: 12 };
  const looks = seen.map((target, at) =>
    fact('live-observation', time(19, 40), {
      body: {
        target,
        desired: after,
        inventory: digestOf(target),
        observer: 'observer-1',
        complete: true,
        gaps: [],
        drift: at === 0 ? [...drift] : [],
      },
    }),
  );
  return [
    ...phases.map((phase) =>
      fact('validation', time(15), {
        attempt: 1,
        body: {
          phase,
          required: true,
          verdict: 'passed',
          validUntil: time(59),
          requestedBy: 'local:rae',
          finishedAt: time(15),
          checks: [check],
        },
      }),
    ),
    ...seen.map((target) =>
      fact('sync-observation', time(19, 40), { body: { target, verdict: { kind: 'delivered', reason: 'synced' }, operation: 'o-1' } }),
    ),
    fact('live-digests', time(19, 40), { body: { verdict: 'passed', problems: [], desired: after, components: [component] } }),
    ...(spec === 'readiness/v0' ? [] : looks),
  ];
}

function verdictBody(records: readonly SignedRecord[], options: StoryOptions): JsonObject {
  const { targets: seen = targets, phases = ['routes'], approvals = 1, spec = 'readiness/v1' } = options;
  const expected: ReadinessExpectation = {
    release,
    revision: mergeCommit,
    targets: [...seen],
    requiredPhases: [...phases],
    approvals,
    liveObservationMaxAgeMs: 60_000,
    driftRevokeFrom: 'config',
  };
  const verdict = foldReadiness({ spec, expected }, records.map(readinessRecord), new Date(time(20)));
  return {
    spec: verdict.spec,
    expected: { ...expected, targets: [...seen], requiredPhases: [...phases] },
    verdict: verdict.kind,
    asOf: verdict.asOf,
    checks: [...verdict.checks],
    inputs: [...verdict.inputs],
    blockers: verdict.kind === 'ready' ? [] : verdict.blockers.map(({ gate, code, message }) => ({ gate, code, message })),
  };
}

function readinessRecord({ digest, evidence }: SignedRecord): ReadinessRecord {
  const { type, at, release: of, revision, body } = evidence;
  return { digest, type, at, ...(of === undefined ? {} : { release: of }), ...(revision === undefined ? {} : { revision }), body };
}
