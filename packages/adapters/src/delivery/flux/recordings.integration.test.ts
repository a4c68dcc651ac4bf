import { readdirSync, readFileSync } from 'node:fs';
import {
  assessDelivery,
  commitOfRevision,
  type Containment,
  type DeliveryVerdict,
  type ExpectedDelivery,
  type ObservedFlux,
} from '@fairlead/domain';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { observeHelmRelease } from './observe-made.ts';
import { observeKustomization } from './observe-kustomization.ts';
import { observeSource, sourceOf } from './observe-source.ts';
import { HelmRelease, Kustomization, Source } from './schema.ts';

const fixture = (name: string): string => readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8');

/** In the order in which they were made, each with other inputs than the one before. */
const commits = [
  '543584af3e354d972aeff1333ec28215c8f3719d',
  '0f9c018f9ef6fc663695c1dc7c15fd0e9f1be198',
  '24e0cdbc98150d013a52d6c39acfa8c479571d84',
  '08df6f99deb381e71580a99103fb817c28a6fc55',
  'bf9a02b4c44465c40abd719cf441d0c6f83ef8c4',
  '3c4606cdc57a56e15631ff260a78e12a5f44710c',
  '391b3097894fb427ab472818251e509fcdac4243',
] as const;

function expectedOf(commit: string): ExpectedDelivery {
  const place = commits.findIndex((known) => known === commit);
  const standing = (index: number): Containment => (index < place ? 'not-contained' : 'differs');
  const containment = Object.fromEntries(commits.map((known, index) => [known, standing(index)]));
  return { commit, containment, statusMaxAgeMs: 360_000 };
}

const Recorded = z.looseObject({
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), resourceVersion: z.string(), creationTimestamp: z.string() }),
});
type Recorded = z.infer<typeof Recorded>;
const Event = z.object({ receivedAt: z.string(), type: z.string(), object: Recorded });
type Event = z.infer<typeof Event>;

function eventsOf(name: string): readonly Event[] {
  const lines = fixture(name).trimEnd().split('\n');
  return lines.map((line) => Event.parse(JSON.parse(line)));
}

const sources = eventsOf('flux-gitrepositories-watch.ndjson');
const kustomizations = eventsOf('flux-kustomizations-watch.ndjson');
const versionOf = ({ metadata }: Recorded): number => Number(metadata.resourceVersion);

/** As it was when the API server had come to this version. */
function asOf(events: readonly Event[], name: string, version: number): Recorded | undefined {
  const event = events.findLast(({ object }) => object.metadata.name === name && versionOf(object) <= version);
  return event === undefined || event.type === 'DELETED' ? undefined : event.object;
}

interface Looked {
  readonly kustomization: unknown;
  readonly source: unknown;
  readonly release?: HelmRelease;
}

function look({ kustomization: object, source, release }: Looked): ObservedFlux {
  const kustomization = Kustomization.parse(object);
  const { namespace, name } = kustomization.metadata;
  return observeKustomization({
    target: { controller: 'flux', cluster: 'recorded', namespace, name },
    observedAt: '2026-11-23T15:40:00Z',
    kustomization,
    origin: observeSource(sourceOf(kustomization), source === undefined ? undefined : Source.parse(source)),
    made: release === undefined ? [] : [{ kind: 'HelmRelease', release: observeHelmRelease(release) }],
    statuses: null,
    automations: [],
    controllerVersion: undefined,
  });
}

/** Shortly after the last thing that the controller says it did. */
function momentOf({ history, conditions }: ObservedFlux): Date {
  const times = [history[0]?.lastReconciled, ...conditions.map(({ at }) => at)].map((at) => Date.parse(at ?? ''));
  return new Date(Math.max(0, ...times.filter((time) => !Number.isNaN(time))) + 5_000);
}

function verdictOf(seen: ObservedFlux, commit: string): DeliveryVerdict {
  return assessDelivery(expectedOf(commit), seen, momentOf(seen));
}

const kustomizationCreated = Recorded.parse(JSON.parse(fixture('flux-03-kustomization-created.json')));

interface ToJudge extends Looked {
  /** What was to be delivered. */
  readonly commit: string;
}

const attemptedBy = (object: unknown): string | undefined =>
  commitOfRevision(Kustomization.parse(object).status?.lastAttemptedRevision ?? '');
const fetchedBy = (object: unknown): string | undefined => commitOfRevision(Source.parse(object).status?.artifact?.revision ?? '');

/** A recorded object with the other one as it was then. */
function toJudge(object: Recorded): ToJudge {
  switch (object.kind) {
    case 'HelmRelease':
      return ofRelease(object);
    case 'GitRepository':
      return ofSource(object);
    default:
      return ofKustomization(object);
  }
}

function ofRelease(object: Recorded): ToJudge {
  const kustomization = Recorded.parse(JSON.parse(fixture('flux-29-kustomization-recovered.json')));
  return { kustomization, source: asOf(sources, 'app', versionOf(kustomization)), release: HelmRelease.parse(object), commit: commits[6] };
}

function ofSource(source: Recorded): ToJudge {
  const reader = { ...kustomizationCreated, spec: { sourceRef: { kind: 'GitRepository', name: source.metadata.name } } };
  return { kustomization: asOf(kustomizations, 'web', versionOf(source)) ?? reader, source, commit: fetchedBy(source) ?? commits[0] };
}

function ofKustomization(kustomization: Recorded): ToJudge {
  const source = asOf(sources, Kustomization.parse(kustomization).spec.sourceRef.name, versionOf(kustomization));
  const fetched = source === undefined ? undefined : fetchedBy(source);
  return { kustomization, source, commit: attemptedBy(kustomization) ?? fetched ?? commits[0] };
}

const rows = fixture('INDEX.tsv')
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((line) => z.tuple([z.string(), z.string()]).rest(z.string()).parse(line.split('\t')));

describe('recordings of Flux', () => {
  it.each(rows)('%s is %s', (file, verdict) => {
    const { commit, ...looked } = toJudge(Recorded.parse(JSON.parse(fixture(file))));

    expect(verdictOf(look(looked), commit)).toMatchObject({ kind: verdict });
  });

  it('are all named in the index', () => {
    const files = readdirSync(new URL('./fixtures', import.meta.url)).filter((file) => file.endsWith('.json'));

    expect(rows.map(([file]) => file)).toEqual(files.toSorted());
  });

  it.each(rows.filter(([, verdict]) => verdict === 'delivered'))('%s is stale when nobody has looked for twice its interval', (file) => {
    const { commit, ...looked } = toJudge(Recorded.parse(JSON.parse(fixture(file))));
    const seen = look(looked);
    const later = new Date(momentOf(seen).getTime() + 7_200_001);

    expect(assessDelivery(expectedOf(commit), seen, later).kind).toBe('stale');
  });
});

/** From the raw object and by another way than the code's: what a person would call the end of a good reconciliation of a commit. */
function isFinalState(object: unknown, commit: string): boolean {
  const revision = `main@sha1:${commit}`;
  const Final = z.object({
    metadata: z.object({ generation: z.number(), deletionTimestamp: z.undefined().optional() }),
    spec: z.object({ suspend: z.literal(false).optional() }),
    status: z.object({
      observedGeneration: z.number(),
      lastAppliedRevision: z.literal(revision),
      lastAttemptedRevision: z.literal(revision),
      conditions: z.tuple([
        z.object({ type: z.literal('Ready'), status: z.literal('True'), message: z.literal(`Applied revision: ${revision}`) }),
        z.object({ type: z.literal('Healthy'), status: z.literal('True') }),
      ]),
    }),
  });
  const final = Final.safeParse(object);
  return final.success && final.data.metadata.generation === final.data.status.observedGeneration;
}

describe('a recorded watch, event by event', () => {
  const events = [...sources, ...kustomizations].toSorted((one, other) => versionOf(one.object) - versionOf(other.object));
  const states = events.flatMap(({ object }) => {
    const kustomization = asOf(kustomizations, 'web', versionOf(object));
    const source = asOf(sources, 'app', versionOf(object));
    return kustomization === undefined ? [] : [{ kustomization, source }];
  });

  it.each(commits)('says delivered of %s in exactly its final states', (commit) => {
    for (const state of states) {
      const held = Source.parse(state.source).spec.suspend === true;
      const { kind } = verdictOf(look(state), commit);

      expect([kind === 'delivered', state.kustomization.metadata.resourceVersion]).toEqual([
        isFinalState(state.kustomization, commit) && !held,
        state.kustomization.metadata.resourceVersion,
      ]);
    }
  });

  it('tells a commit that failed, and the one that mended it, as it happened', () => {
    const story = (commit: string): readonly string[] => {
      const kinds = states.map((state) => verdictOf(look(state), commit).kind);
      return kinds.filter((kind, index) => kind !== kinds[index - 1]);
    };

    const failing = story(commits[5]);
    expect(failing.slice(failing.indexOf('failed'))).toEqual([
      'failed',
      'in-progress',
      'superseded',
      'in-progress',
      'not-yet',
      'in-progress',
    ]);
    expect(story(commits[6])).toContain('delivered');
    expect(story(commits[6])).not.toContain('failed');
  });
});
