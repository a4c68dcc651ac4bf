import {
  canonicalBytes,
  digestOf,
  FreeMap,
  type Json,
  PromotionId,
  statementOf,
  writeTlogProof,
  type BundledRecord,
  type BundleFile,
  type NewEvidence,
} from '@fairlead/domain';
import { describe, expect, it } from 'vitest';
import { difference, exception, revocation } from './exceptions.ts';
import { EvidenceWorld, seededKey } from './evidence-world.ts';
import { judged } from './judge.ts';
import { content, fact, liveStory, manifest, person, plan, promotionId, time, type Story, type StoryOptions } from './story.ts';
import { withFile, writeBundle, type WriteOptions } from './write-bundle.ts';

const lived = (options: StoryOptions = {}, world = new EvidenceWorld()): Story => liveStory(world, options);

/** What the verifier says of the bundle that somebody made who holds the record key, but not the log's. */
async function forged(options: WriteOptions, story = lived()): Promise<string> {
  return judged(writeBundle(story, options), story.world.trust());
}

const placeOf = (index: number): string => String(index).padStart(12, '0');

describe('whoever has no key', () => {
  it('cannot sign another manifest', async () => {
    const files = (own: readonly BundleFile[]): readonly BundleFile[] => withFile(own, 'index.html', () => Buffer.from('all is well'));

    expect(await forged({ files, key: seededKey('somebody') })).toBe('failed key-unknown');
    expect(await forged({ files, key: new EvidenceWorld().logKey })).toBe('failed key-unknown');
  });

  it('cannot give a file in place of another, and none besides', async () => {
    const story = lived();
    const files = writeBundle(story);
    const [, second] = files;
    const swapped = withFile(files, 'index.html', () => second?.bytes ?? new Uint8Array());

    expect(await judged(swapped, story.world.trust())).toBe('failed file-changed');
    expect(await judged(files.slice(0, -1), story.world.trust())).toBe('failed file-missing');
  });
});

describe('whoever has the record key', () => {
  it.each([
    ['leaves out a record', (all: readonly BundledRecord[]) => all.filter(({ type }) => type !== 'validation'), 'failed record-missing'],
    ['leaves out the verdict', (all: readonly BundledRecord[]) => all.filter(({ type }) => type !== 'readiness'), 'failed record-missing'],
    ['holds a record twice', (all: readonly BundledRecord[]) => [...all, ...all.slice(-1)], 'failed file-twice'],
    ['exchanges two records', (all: readonly BundledRecord[]) => exchanged(all, 2, 3), 'failed not-in-log'],
    ['exchanges two proofs', (all: readonly BundledRecord[]) => exchangedProofs(all, 2, 3), 'failed not-in-log'],
    [
      'gives a proof that is too short',
      (all: readonly BundledRecord[]) => all.map((one) => ({ ...one, proof: one.proof.slice(1) })),
      'failed proof-invalid',
    ],
    [
      'gives a proof that is too long',
      (all: readonly BundledRecord[]) => all.map((one) => ({ ...one, proof: [...one.proof, ...one.proof.slice(-1)] })),
      'failed proof-invalid',
    ],
    [
      'gives a place outside the log',
      (all: readonly BundledRecord[]) => all.map((one, at) => (at === 0 ? { ...one, index: 99 } : one)),
      'failed index-outside-log',
    ],
  ])('is found out where a bundle %s', async (_, records, line) => {
    expect(await forged({ records })).toBe(line);
  });

  it('is found out where a record of another promotion stands in', async () => {
    const world = new EvidenceWorld();
    const foreign = world.record(
      fact('validation', time(0), { promotion: PromotionId.parse(promotionId.replace(/z$/, 'y')), body: { phase: 'routes' } }),
    );
    const story = lived({}, world);

    expect(await forged({ records: (all) => [world.bundled(foreign), ...all] }, story)).toBe('failed record-of-other');
  });

  it('is found out where a record of the promotion stands in that the closure does not list', async () => {
    const world = new EvidenceWorld();
    const other = world.record(fact('validation', time(0), { body: { phase: 'routes' } }));
    const story = lived({}, world);

    expect(await forged({ records: (all) => [world.bundled(other), ...all] }, { ...story, records: story.records })).toBe(
      'failed record-added',
    );
  });

  it.each([
    ['elsewhere', (indices: readonly Json[]) => indices.map((index) => Number(index) + 1)],
    ['in another order', (indices: readonly Json[]) => indices.toReversed()],
    ['at more places than there are records', (indices: readonly Json[]) => [...indices, 1, 2]],
    ['at no number', (indices: readonly Json[]) => indices.map(String)],
  ])('is found out where the closure has its records %s', async (_, moved) => {
    const story = lived({
      edit: (evidence) => {
        const { indices } = evidence.body;
        return Array.isArray(indices) ? { ...evidence, body: { ...evidence.body, indices: moved(indices) } } : evidence;
      },
    });

    expect(await forged({}, story)).toMatch(/^failed (closure-invalid|field-wrong)$/);
  });

  it('is found out where a record is said to be withheld in a bundle for all', async () => {
    const story = lived();
    const hidden = story.records.find(({ evidence }) => evidence.type === 'approval');
    const at = story.records.map((record) => story.world.bundled(record)).find(({ digest }) => digest === hidden?.digest);
    const withhold = (evidence: NewEvidence): NewEvidence => {
      const leaf = FreeMap.parse(JSON.parse(Buffer.from(at?.leaf ?? []).toString('utf8')));
      return { ...evidence, body: { ...evidence.body, withheld: [{ index: at?.index ?? 0, leaf }] } };
    };
    const files = (own: readonly BundleFile[]): readonly BundleFile[] =>
      own.filter(({ path }) => path !== `records/${placeOf(at?.index ?? 0)}.sigstore.json`);

    expect(await forged({ files, manifest: withhold }, story)).toBe('incomplete records-withheld');
    expect(await forged({ files }, story)).toBe('failed record-unpaired');
    expect(await forged({ manifest: withhold }, story)).toBe('failed record-unpaired');
  });

  it.each([
    ['lacks the plan', [manifest], 'failed payload-missing'],
    ['lacks the release', [plan], 'failed payload-missing'],
    ['holds what nobody cites', [manifest, plan, { hello: 'there' }], 'failed payload-added'],
    ['holds another plan', [manifest, { ...plan, edits: [] }], 'failed payload-added'],
  ])('is found out where the bundle %s', async (_, documents, line) => {
    expect(await forged({ documents })).toBe(line);
  });

  it('is found out where the payload is not what its name says', async () => {
    const name = `payloads/${digestOf(manifest).replace(':', '-')}`;

    expect(await forged({ files: (own) => withFile(own, name, () => canonicalBytes({ ...manifest, kind: 'Other' })) })).toBe(
      'failed payload-changed',
    );
  });

  it('is found out where it makes an approval after the fact', async () => {
    const world = new EvidenceWorld();
    const story = lived({ approvers: [], counted: ['local:ada'] }, world);
    const late = world.record(fact('approval', time(5), { actor: person('ada'), body: { decision: 'approve', content, reason: null } }));

    expect(await forged({}, story)).toBe('failed approval-missing');
    expect(await forged({}, { ...story, records: [...story.records, late] })).toBe('failed record-added');
  });
});

describe('a payload that was signed', () => {
  it.each([
    ['names a field twice', (text: string) => text.replace('{"_type"', '{"_type":"x","_type"'), 'failed json-not-canonical'],
    ['is in another order', (text: string) => text.replace(/^\{("_type":"[^"]*"),(.*)\}$/, '{$2,$1}'), 'failed json-not-canonical'],
    ['has a space', (text: string) => text.replace('":', '": '), 'failed json-not-canonical'],
    ['holds NaN', (text: string) => text.replace('"count":1', '"count":NaN'), 'failed not-json'],
    ['holds a number without end', (text: string) => text.replace('"count":1', '"count":1e999'), 'failed json-not-canonical'],
    ['holds minus zero', (text: string) => text.replace('"count":1', '"count":-0'), 'failed json-not-canonical'],
    ['holds a lone surrogate', (text: string) => text.replace('"shop"', '"sh\\ud800p"'), 'failed json-not-canonical'],
    ['is no statement', () => '{}', 'failed field-wrong'],
    ['speaks of nothing', (text: string) => text.replace(/"subject":\[.*\]/, '"subject":[]'), 'failed statement-invalid'],
    ['has a time on no calendar', (text: string) => text.replaceAll('2026-01-02', '2026-02-30'), 'failed field-wrong'],
    ['is of a type that nobody knows', (text: string) => text.replace('promotion-step/v1', 'promotion-leap/v1'), 'incomplete type-unknown'],
    [
      'is of a newer version of its type',
      (text: string) => text.replace('promotion-step/v1', 'promotion-step/v2'),
      'incomplete type-unknown',
    ],
  ])('is judged all the same: it %s', async (_, change, line) => {
    const world = new EvidenceWorld();
    const evidence = fact('promotion-step', time(2), { body: { step: 'look', count: 1 } });
    const text = new TextDecoder().decode(canonicalBytes(statementOf(evidence, 'id-x')));
    const strange = world.append(world.signBytes(Buffer.from(change(text)), evidence));
    const story = lived({}, world);
    // The story's own record of that type lends what the reader of a bundle's page wants to know of it.
    const step = world.bundled(world.append(world.sign(evidence)));
    const placed = { ...step, bundle: strange.bundle, ...world.place(strange) };

    expect(await forged({ records: (all) => [placed, ...all] }, story)).toBe(line);
  });
});

describe('whoever has the log key, but not the record key', () => {
  it('cannot forge an approval', async () => {
    const world = new EvidenceWorld();
    const story = lived({ approvers: [{ who: person('ada'), key: world.logKey }] }, world);

    expect(await judged(writeBundle(story), world.trust())).toBe('failed key-unknown');
  });
});

describe('four eyes', () => {
  it.each([
    ['the requester approved', { approvers: [{ who: person('rae') }] }, 'failed approval-missing'],
    [
      'one person approved twice for two',
      { approvals: 2, approvers: [{ who: person('ada') }, { who: person('ada') }], counted: ['local:ada', 'local:ada'] },
      'failed quorum-short',
    ],
    ['one too few approved', { approvals: 2 }, 'failed quorum-short'],
    ['somebody approved who may not', { approvers: [{ who: person('eve', ['promoters']) }] }, 'failed approval-missing'],
    ['somebody approved other content', { approvers: [{ who: person('ada'), content: digestOf('other') }] }, 'failed approval-missing'],
    [
      'somebody rejected it',
      { approvers: [{ who: person('ada') }, { who: person('bob'), decision: 'reject' as const }] },
      'failed rejected',
    ],
    [
      'the approver took it back',
      { approvers: [{ who: person('ada') }, { who: person('ada'), decision: 'reject' as const }] },
      'failed rejected',
    ],
    ['the gate counts somebody who said nothing', { counted: ['local:ada', 'local:bob'] }, 'failed approval-missing'],
  ] satisfies readonly (readonly [string, StoryOptions, string])[])('are counted anew: %s', async (_, options, line) => {
    expect(await forged({}, lived(options))).toBe(line);
  });

  it('are not those of an author of the change', async () => {
    const edit = (evidence: NewEvidence): NewEvidence =>
      evidence.type === 'merge' ? { ...evidence, body: { ...evidence.body, authors: ['local:ada'] } } : evidence;

    expect(await forged({}, lived({ edit }))).toBe('failed approval-missing');
  });

  it('cannot be left out by a gate that asks for nobody', async () => {
    const edit = (evidence: NewEvidence): NewEvidence =>
      evidence.type === 'gate' ? { ...evidence, body: { ...evidence.body, required: 0, by: [] } } : evidence;

    expect(await forged({}, lived({ edit }))).toBe('failed quorum-short');
  });
});

describe('a verdict', () => {
  const edited = (change: (evidence: NewEvidence) => NewEvidence['body']) => (evidence: NewEvidence) =>
    evidence.type === 'readiness' ? { ...evidence, body: { ...evidence.body, ...change(evidence) } } : evidence;

  it.each([
    [
      'says ready over drift',
      { drift: [difference()], edit: edited(() => ({ verdict: 'ready', blockers: [] })) },
      'failed readiness-differs',
    ],
    [
      'cites fewer records',
      { edit: edited(({ body }) => ({ inputs: Array.isArray(body['inputs']) ? body['inputs'].slice(1) : [] })) },
      'failed readiness-differs',
    ],
    ['applies fewer checks', { edit: edited(() => ({ checks: ['release'] })) }, 'failed readiness-differs'],
    ['names other blockers', { drift: [difference()], edit: edited(() => ({ blockers: [] })) }, 'failed readiness-differs'],
    ['is as of another time', { edit: edited(() => ({ asOf: time(20, 30) })) }, 'failed readiness-differs'],
    [
      'expects another release',
      { edit: edited(({ body }) => ({ expected: { ...FreeMap.parse(body['expected']), release: digestOf('other') } })) },
      'failed expectation-differs',
    ],
  ] satisfies readonly (readonly [string, StoryOptions, string])[])('is recomputed: it %s', async (_, options, line) => {
    expect(await forged({}, lived(options))).toContain(line);
  });

  it('is on the commit that was merged', async () => {
    const edit = (evidence: NewEvidence): NewEvidence =>
      evidence.type === 'merge' ? { ...evidence, body: { ...evidence.body, commit: 'd'.repeat(40) } } : evidence;

    expect(await forged({}, lived({ edit }))).toBe('failed revision-differs');
  });

  it('cannot be ready in the end where it was no at last', async () => {
    const edit = (evidence: NewEvidence): NewEvidence =>
      evidence.type === 'promotion-closure' ? { ...evidence, body: { ...evidence.body, status: 'ready' } } : evidence;

    expect(await forged({}, lived({ drift: [difference()], edit }))).toBe('failed readiness-differs');
  });
});

describe('a revocation', () => {
  const revoked: StoryOptions = { drift: [difference()], besides: [exception(), revocation(time(17))] };

  it('that is left out turns no no into a yes: the verdict that was signed stands', async () => {
    const story = lived(revoked);

    expect(await forged({ records: (all) => all.filter(({ type }) => type !== 'revocation') }, story)).toBe('failed exceptions-differ');
  });

  it('that is left out with the verdict that knew it leaves a gap', async () => {
    const story = lived(revoked);

    expect(await forged({ records: (all) => all.filter(({ type }) => type !== 'revocation' && type !== 'readiness') }, story)).toBe(
      'failed record-missing',
    );
  });

  it('that a dishonest verdict ignored shows by the exceptions that the closure lists', async () => {
    const edit = (evidence: NewEvidence): NewEvidence => {
      if (evidence.type === 'readiness') return { ...evidence, body: { ...evidence.body, verdict: 'ready', blockers: [] } };
      return evidence.type === 'promotion-closure' ? { ...evidence, body: { ...evidence.body, status: 'ready' } } : evidence;
    };
    const story = lived({ ...revoked, edit });

    expect(await forged({}, story)).toBe('failed readiness-differs');
    expect(await forged({ records: (all) => all.filter(({ type }) => type !== 'revocation') }, story)).toBe('failed exceptions-differ');
  });

  it('of what was in force cannot be invented either', async () => {
    const story = lived({ drift: [difference()], besides: [exception()], exceptions: ['x-1'] });
    const late = story.world.record(revocation(time(17)));

    // It went into the log after the closure, whatever time it bears.
    expect(await forged({}, { ...story, records: [...story.records, late] })).toBe('verified');
    expect(await forged({ records: (all) => all.filter(({ type }) => type !== 'exception') }, story)).toBe('failed exceptions-differ');
  });
});

describe('a log', () => {
  it('of somebody else is not this one', async () => {
    const story = lived();
    const other = new EvidenceWorld('two');
    other.noise(24);

    expect(await forged({ checkpoint: other.checkpoint() }, story)).toBe('failed checkpoint-of-other-log');
    expect(await judged(writeBundle(story), { ...other.trust(), recordKeys: story.world.trust().recordKeys })).toBe(
      'failed checkpoint-of-other-log',
    );
  });

  it('signs its checkpoints by its own key, not by the record key', async () => {
    const story = lived();

    expect(await forged({ checkpoint: story.world.checkpoint(story.world.size, story.world.recordKey) }, story)).toBe(
      'failed checkpoint-not-signed',
    );
  });

  it('that is older than what the caller holds is refused', async () => {
    const story = lived();
    const older = writeBundle(story, { size: 21 });
    story.world.noise(9);

    expect(await judged(older, story.world.trust())).toBe('verified');
    expect(await judged(older, story.world.trust(story.world.checkpoint()))).toBe('failed checkpoint-older');
  });

  it('that was made anew is found out by an earlier checkpoint', async () => {
    const before = new EvidenceWorld();
    before.noise(4);
    const story = lived(); // another history under the same name and keys
    const trust = story.world.trust(before.checkpoint());

    expect(await judged(writeBundle(story), trust)).toBe('incomplete consistency-missing');
    const grafted = writeBundle(story, {
      since: 4,
      files: (own) => withFile(own, 'prev-checkpoint', () => Buffer.from(before.checkpoint())),
    });
    expect(await judged(grafted, trust)).toBe('failed log-forked');
    before.noise(story.world.size - 4);
    expect(await judged(writeBundle(story), story.world.trust(before.checkpoint()))).toBe('failed log-forked');
  });

  it('has one checkpoint in a bundle', async () => {
    const story = lived();
    const older = story.world.checkpoint(20);
    const proofs = (own: readonly BundleFile[]): readonly BundleFile[] =>
      own.map((file) => (file.path.startsWith('proofs/') ? { ...file, bytes: Buffer.from(writeTlogProof(3, [], older)) } : file));

    expect(await forged({ files: proofs }, story)).toContain('checkpoint-differs');
    expect(await forged({ checkpoint: older, size: 24 }, story)).toBe('failed range-differs');
  });
});

/** Each of two records at the other's place in the log. */
function exchanged(all: readonly BundledRecord[], one: number, other: number): readonly BundledRecord[] {
  return all.map((record, at) => {
    const place = all[at === one ? other : at === other ? one : at] ?? record;
    return { ...record, index: place.index, proof: place.proof };
  });
}

function exchangedProofs(all: readonly BundledRecord[], one: number, other: number): readonly BundledRecord[] {
  return all.map((record, at) => ({ ...record, proof: (all[at === one ? other : at === other ? one : at] ?? record).proof }));
}
