import {
  assessDelivery,
  namedRevisions,
  operationInfo,
  OperationId,
  seenOperation,
  type CommitSha,
  type DeliveryTarget,
  type JsonObject,
  type ObjectRef,
  type ObservedDelivery,
  type SeenOperation,
  type SyncOutcome,
  type SyncRequest,
} from '@fairlead/domain';
import type { Delivery, DeliveryCapabilities } from '../ports/delivery.ts';
import type { Contract, Equal } from './contract.ts';

/** A controller with one target that never delivered `commit`. One that waits to be asked has compared with it; one that doesn't has not fetched it, and won't by itself
 *  for as long as a case lasts. Fresh for each case. */
export interface DeliveryWorld {
  readonly delivery: Delivery;
  readonly target: DeliveryTarget;
  readonly commit: CommitSha;
  /** What the target may have applied before. */
  readonly earlier?: CommitSha;
  /** The same controller, as another process would see it. */
  reopen(): Delivery;
  /** Lets the controller carry out what is written, and compare afterwards. */
  settle(): Promise<void>;
  /** Somebody else's operation is under way, until the world ends. Only where the controller waits to be asked. */
  syncByHand(): Promise<void>;
  /** An object that the target has and its desired state no longer does. Only where the controller waits to be asked. */
  leaveBehind(): Promise<ObjectRef>;
}

const operation = OperationId.parse(`op-${'1'.repeat(26)}`);
const other = OperationId.parse(`op-${'2'.repeat(26)}`);

function request({ commit }: DeliveryWorld, change: Partial<SyncRequest> = {}): SyncRequest {
  const info = { [operationInfo.promotion]: 'p-1', [operationInfo.release]: 'sha256:0' };
  return { operation, revision: commit, prune: false, mayPrune: [], actor: 'alice', info, ...change };
}

function askedIn(outcome: SyncOutcome): JsonObject | undefined {
  return outcome.kind === 'accepted' || outcome.kind === 'already-there' ? outcome.asked : undefined;
}

async function observed({ delivery, target }: DeliveryWorld, equal: Equal): Promise<ObservedDelivery | undefined> {
  const seen = await delivery.observe(target);
  equal(seen.kind, 'observed');
  return seen.kind === 'observed' ? seen : undefined;
}

function pendingIn(seen: ObservedDelivery | undefined): boolean | undefined {
  return seen === undefined ? undefined : (seenOperation(seen)?.pending ?? false);
}

function operationIn(seen: ObservedDelivery | undefined): SeenOperation | undefined {
  return seen === undefined ? undefined : seenOperation(seen);
}

function verdictOf(world: DeliveryWorld, seen: ObservedDelivery | undefined, asked?: JsonObject): string | undefined {
  if (seen === undefined) return undefined;
  const containment = world.earlier === undefined ? {} : { [world.earlier]: 'not-contained' as const };
  const expected = { commit: world.commit, operation, containment, statusMaxAgeMs: 360_000, ...(asked === undefined ? {} : { asked }) };
  return assessDelivery(expected, seen, new Date(seen.observedAt)).kind;
}

/** What an adapter of a controller with these capabilities does. */
export function deliveryContract({ manualSync }: Pick<DeliveryCapabilities, 'manualSync'>): Contract<DeliveryWorld> {
  return manualSync ? { ...everyController, ...waitsToBeAsked } : { ...everyController, ...syncsByItself };
}

const everyController: Contract<DeliveryWorld> = {
  'says that a target is absent': async (world, equal) => {
    const absent = { ...world.target, name: 'nowhere' };

    equal((await world.delivery.observe(absent)).kind, 'absent');
    equal(await world.delivery.requestSync(absent, request(world)), { kind: 'absent' });
  },
  'sees that a commit was not delivered yet': async (world, equal) => {
    equal(verdictOf(world, await observed(world, equal)), 'not-yet');
  },
  'carries a request through to delivered, under its own id': async (world, equal) => {
    const outcome = await world.delivery.requestSync(world.target, request(world));
    equal(outcome.kind, 'accepted');
    // A quick controller may be through already.
    const before = verdictOf(world, await observed(world, equal), askedIn(outcome));
    equal(['not-yet', 'in-progress', 'delivered'].includes(before ?? ''), true);

    await world.settle();

    const seen = await observed(world, equal);
    equal(operationIn(seen), {
      id: operation,
      info: { ...request(world).info, [operationInfo.operation]: operation },
      initiatedBy: 'fairlead:alice',
      pending: false,
    });
    equal(verdictOf(world, seen, askedIn(outcome)), 'delivered');
  },
  'makes an operation once, however often it is asked for': async (world, equal) => {
    const outcome = await world.delivery.requestSync(world.target, request(world));

    const again = await world.reopen().requestSync(world.target, request(world));
    await world.settle();
    const afterwards = await world.reopen().requestSync(world.target, request(world));

    equal([again.kind, afterwards.kind], ['already-there', 'already-there']);
    equal([askedIn(again), askedIn(afterwards)], [askedIn(outcome), askedIn(outcome)]);
  },
  'makes the next operation when the last one has ended': async (world, equal) => {
    await world.delivery.requestSync(world.target, request(world));
    await world.settle();

    const outcome = await world.delivery.requestSync(world.target, request(world, { operation: other }));

    equal(outcome.kind, 'accepted');
    await world.settle();
    equal(operationIn(await observed(world, equal))?.id, other);
  },
  'finds its target by the folder that it delivers, and nothing by another one': async ({ delivery, target }, equal) => {
    const seen = await delivery.observe(target);
    const { path, repository } = seen.kind === 'observed' ? seen.source : { path: '', repository: '' };

    const found = await delivery.discover(target.cluster, { path, repositories: [repository] });
    const elsewhere = await delivery.discover(target.cluster, { path: 'somewhere/else', repositories: [repository] });

    equal(
      found.map((one) => one.target),
      [target],
    );
    equal(elsewhere, []);
  },
  'tells of a target at the start and after a change, and of nothing once it is stopped': async (world, equal) => {
    const told: DeliveryTarget[] = [];
    let wake: () => void = () => undefined;
    const next = (): Promise<void> =>
      new Promise((resolve) => {
        wake = resolve;
      });
    const first = next();
    const watching = await world.delivery.watch(world.target.cluster, world.target.namespace, (target) => {
      told.push(target);
      wake();
    });
    await first;
    const second = next();
    await world.delivery.requestSync(world.target, request(world));
    await second;

    await watching.stop();
    const count = told.length;
    await world.settle();

    equal(told.length, count);
    equal(new Set(told.map(({ name }) => name)), new Set([world.target.name]));
  },
};

const waitsToBeAsked: Contract<DeliveryWorld> = {
  'sees a target that was never synced': async (world, equal) => {
    const seen = await observed(world, equal);

    equal([pendingIn(seen), operationIn(seen), seen === undefined ? [] : namedRevisions(seen)], [false, undefined, [world.commit]]);
  },
  'says what was carried out in the words in which it was asked': async (world, equal) => {
    const outcome = await world.delivery.requestSync(world.target, request(world));
    await world.settle();

    const seen = await observed(world, equal);
    equal(seen?.controller === 'argocd' ? seen.operation?.asked : undefined, askedIn(outcome));
  },
  'makes one of two operations that are asked for at once': async (world, equal) => {
    const outcomes = await Promise.all([
      world.delivery.requestSync(world.target, request(world)),
      world.reopen().requestSync(world.target, request(world, { operation: other })),
    ]);

    equal(outcomes.map(({ kind }) => kind).toSorted(), ['accepted', 'busy']);
  },
  "leaves somebody else's operation alone": async (world, equal) => {
    await world.syncByHand();

    const outcome = await world.delivery.requestSync(world.target, request(world));

    equal(outcome.kind, 'busy');
    await world.settle();
    equal(operationIn(await observed(world, equal))?.id, undefined);
  },
  'deletes nothing that the plan does not name': async (world, equal) => {
    const left = await world.leaveBehind();

    const outcome = await world.delivery.requestSync(world.target, request(world, { prune: true }));

    equal(outcome, { kind: 'prune-not-planned', objects: [left] });
    equal(pendingIn(await observed(world, equal)), false);
  },
  'deletes what the plan names': async (world, equal) => {
    const left = await world.leaveBehind();

    const outcome = await world.delivery.requestSync(world.target, request(world, { prune: true, mayPrune: [left] }));
    await world.settle();

    equal(verdictOf(world, await observed(world, equal), askedIn(outcome)), 'delivered');
  },
  'keeps what is left behind where the plan deletes nothing, and says so': async (world, equal) => {
    await world.leaveBehind();

    const outcome = await world.delivery.requestSync(world.target, request(world));
    await world.settle();

    equal(verdictOf(world, await observed(world, equal), askedIn(outcome)), 'out-of-sync');
  },
  'can not be suspended': async ({ delivery, target }, equal) => {
    equal(await delivery.setSuspended(target, true), 'unsupported');
  },
};

const syncsByItself: Contract<DeliveryWorld> = {
  'delivers what a refresh brought, without an operation': async (world, equal) => {
    await world.delivery.requestRefresh(world.target);
    await world.settle();

    const seen = await observed(world, equal);
    equal([operationIn(seen), verdictOf(world, seen)], [undefined, 'delivered']);
  },
  'is suspended and resumed, once each': async (world, equal) => {
    const { delivery, target } = world;

    const suspended = [await delivery.setSuspended(target, true), await world.reopen().setSuspended(target, true)];
    const verdict = verdictOf(world, await observed(world, equal));
    const asked = await delivery.requestSync(target, request(world));
    const resumed = [await delivery.setSuspended(target, false), await delivery.setSuspended(target, false)];

    equal(suspended, ['done', 'already-so']);
    equal([verdict, asked.kind], ['suspended', 'suspended']);
    equal(resumed, ['done', 'already-so']);
    equal((await delivery.requestSync(target, request(world))).kind, 'accepted');
  },
  'says that what is absent can not be suspended': async ({ delivery, target }, equal) => {
    equal(await delivery.setSuspended({ ...target, name: 'nowhere' }, true), 'absent');
  },
};
