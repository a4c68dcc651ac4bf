import {
  CommitSha,
  operationInfo,
  OperationId,
  type JsonObject,
  type FluxSource,
  type ObservedFlux,
  type SyncRequest,
} from '@fairlead/domain';
import { describe, expect, it } from 'vitest';
import { nextRefresh, nextSyncStep, type FluxRequest } from './next-request.ts';
import { observeKustomization } from './observe-kustomization.ts';
import { observeSource } from './observe-source.ts';
import { Kustomization, Source } from './schema.ts';

const commit = CommitSha.parse('a'.repeat(40));
const older = 'b'.repeat(40);
const operation = OperationId.parse(`op-${'1'.repeat(26)}`);
const info = { 'fairlead.dev/promotion': 'p-1' };
const request: SyncRequest = { operation, revision: commit, prune: false, mayPrune: [], actor: 'alice', info };
const now = new Date('2026-11-23T15:30:00.000Z');
const asked = { revision: commit, source: 'GitRepository/flux-system/app', kustomization: 'flux-system/app' };

const requestedAt = 'reconcile.fluxcd.io/requestedAt';
const token = `2026-11-23T15:30:00.000Z/${operation}`;
const prefix = 'event.toolkit.fluxcd.io/fairlead-';
/** What an earlier request may have left is taken away. */
const ours = {
  ...Object.fromEntries(Object.keys(operationInfo).map((name) => [`${prefix}${name}`, null])),
  [`${prefix}operation`]: operation,
  [`${prefix}promotion`]: 'p-1',
  [`${prefix}actor`]: 'fairlead:alice',
};

interface Asked {
  readonly annotations?: Readonly<Record<string, string>>;
  readonly handled?: string;
  readonly suspend?: boolean;
}

interface State {
  readonly fetched?: string;
  readonly tried?: string;
  readonly lookedAt?: string;
  readonly source?: Asked | 'absent';
  readonly kustomization?: Asked;
}

const metadata = ({ annotations = {} }: Asked) => ({
  ...{ name: 'app', namespace: 'flux-system', uid: 'u', resourceVersion: '1', generation: 1 },
  annotations,
});

function seen({
  fetched = older,
  tried = older,
  lookedAt = '2026-11-23T15:29:40Z',
  source = {},
  kustomization = {},
}: State = {}): ObservedFlux {
  const object = Kustomization.parse({
    metadata: metadata(kustomization),
    spec: { sourceRef: { kind: 'GitRepository', name: 'app' }, suspend: kustomization.suspend },
    status: {
      lastAttemptedRevision: `main@sha1:${tried}`,
      lastHandledReconcileAt: kustomization.handled,
      conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: lookedAt }],
    },
  });
  return observeKustomization({
    target: { controller: 'flux', cluster: 'home', namespace: 'flux-system', name: 'app' },
    observedAt: now.toISOString(),
    kustomization: object,
    origin: originOf(source, fetched),
    made: [],
    statuses: null,
    automations: [],
    controllerVersion: undefined,
  });
}

function originOf(source: Asked | 'absent', fetched: string): FluxSource {
  const object = { kind: 'GitRepository', namespace: 'flux-system', name: 'app' };
  if (source === 'absent') return observeSource(object, undefined);
  const status = { artifact: { revision: `main@sha1:${fetched}` }, lastHandledReconcileAt: source.handled };
  return observeSource(object, Source.parse({ metadata: metadata(source), spec: { suspend: source.suspend }, status }));
}

const annotated = (annotations: JsonObject): JsonObject => ({ metadata: { annotations } });
const answered = (at: string): Asked => ({ annotations: { [requestedAt]: at }, handled: at });

describe('a request to sync', () => {
  it.each<readonly [string, State, FluxRequest]>([
    ['asks the source, and leaves what it is for', {}, { source: annotated({ [requestedAt]: token }), kustomization: annotated(ours) }],
    [
      'that was begun asks the source no second time',
      { source: answered(`2026-11-23T15:29:59.000Z/${operation}`) },
      { kustomization: annotated(ours) },
    ],
    ['of what is fetched asks the Kustomization', { fetched: commit }, { kustomization: annotated({ ...ours, [requestedAt]: token }) }],
    ['of what is tried asks nobody', { fetched: commit, tried: commit }, { kustomization: annotated(ours) }],
  ])('%s', (_what, state, expected) => {
    expect(nextSyncStep(request, seen(state), now)).toEqual({ kind: 'write', asked, request: expected });
  });

  it.each<readonly [string, State, object]>([
    [
      'that is there',
      { kustomization: { annotations: { 'event.toolkit.fluxcd.io/fairlead-operation': operation } } },
      { kind: 'already-there', asked },
    ],
    ['of what is suspended', { kustomization: { suspend: true } }, { kind: 'suspended', message: 'the Kustomization is suspended' }],
    [
      'of a suspended source',
      { source: { suspend: true } },
      { kind: 'suspended', message: 'its source GitRepository flux-system/app is suspended' },
    ],
    ['without a source', { source: 'absent' }, { kind: 'busy', message: 'its source GitRepository flux-system/app does not exist' }],
  ])('%s writes nothing', (_what, state, outcome) => {
    expect(nextSyncStep(request, seen(state), now)).toEqual({ kind: 'answer', outcome });
  });
});

describe('a refresh', () => {
  const refreshed = (state: State): FluxRequest => nextRefresh(seen(state), { now, id: 'x' });
  const fresh = '2026-11-23T15:30:00.000Z/x';
  const recent = '2026-11-23T15:29:45.000Z/y';

  it.each<readonly [string, State, FluxRequest]>([
    ['asks the source first', {}, { source: annotated({ [requestedAt]: fresh }) }],
    ['waits for the source', { source: { annotations: { [requestedAt]: recent } } }, {}],
    [
      'asks the Kustomization by the token that was answered',
      { source: answered(recent), fetched: commit },
      { kustomization: annotated({ [requestedAt]: recent }) },
    ],
    [
      'leaves a Kustomization alone that has looked, and has nothing new',
      { source: answered(recent) },
      { source: annotated({ [requestedAt]: fresh }) },
    ],
    [
      'asks a Kustomization that has not looked for a while',
      { source: answered(recent), lookedAt: '2026-11-23T15:00:00Z' },
      { kustomization: annotated({ [requestedAt]: recent }) },
    ],
    ['waits for the Kustomization', { source: answered(recent), kustomization: { annotations: { [requestedAt]: recent } } }, {}],
    [
      'asks no source twice in ten seconds',
      { source: answered('2026-11-23T15:29:55.000Z/y'), kustomization: answered('2026-11-23T15:29:55.000Z/y') },
      {},
    ],
    [
      'trusts no old answer',
      { source: answered('2026-11-23T15:00:00.000Z/y'), fetched: commit },
      { source: annotated({ [requestedAt]: fresh }) },
    ],
    ['trusts no token without a time', { source: answered('now'), fetched: commit }, { source: annotated({ [requestedAt]: fresh }) }],
    ['leaves the suspended alone', { kustomization: { suspend: true } }, {}],
    ['leaves a suspended source alone', { source: { suspend: true } }, {}],
    ['asks the Kustomization where there is no source', { source: 'absent' }, { kustomization: annotated({ [requestedAt]: fresh }) }],
  ])('%s', (_what, state, expected) => {
    expect(refreshed(state)).toEqual(expected);
  });
});
