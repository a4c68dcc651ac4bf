import {
  assessDelivery,
  operationInfo,
  OperationId,
  type CommitSha,
  type DeliveryTarget,
  type JsonObject,
  type ObjectRef,
  type ObservedDelivery,
  type SyncOutcome,
  type SyncRequest,
} from '@fairlead/domain';
import type { Delivery } from '../ports/delivery.ts';
import type { Contract, Equal } from './contract.ts';

/** A controller with one target that it has compared with `commit` and never synced. Fresh for each case. */
export interface DeliveryWorld {
  readonly delivery: Delivery;
  readonly target: DeliveryTarget;
  readonly commit: CommitSha;
  /** The same controller, as another process would see it. */
  reopen(): Delivery;
  /** Lets the controller carry out what is written, and compare afterwards. */
  settle(): Promise<void>;
  /** Somebody else's operation is under way, until the world ends. */
  syncByHand(): Promise<void>;
  /** An object that the target has and its desired state no longer does. */
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

function verdictOf(world: DeliveryWorld, seen: ObservedDelivery | undefined, asked?: JsonObject): string | undefined {
  if (seen === undefined) return undefined;
  const expected = { commit: world.commit, operation, containment: {}, statusMaxAgeMs: 360_000, ...(asked === undefined ? {} : { asked }) };
  return assessDelivery(expected, seen, new Date(seen.observedAt)).kind;
}

export const deliveryContract: Contract<DeliveryWorld> = {
  'says that a target is absent': async ({ delivery, target, commit, ...world }, equal) => {
    const absent = { ...target, name: 'nowhere' };

    equal((await delivery.observe(absent)).kind, 'absent');
    equal(await delivery.requestSync(absent, request({ delivery, target, commit, ...world })), { kind: 'absent' });
  },
  'sees a target that was never synced': async (world, equal) => {
    const seen = await observed(world, equal);

    equal([seen?.operationPending, seen?.operation, seen?.sync.revisions], [false, undefined, [world.commit]]);
    equal(verdictOf(world, seen), 'not-yet');
  },
  'carries a request through to delivered, under its own id': async (world, equal) => {
    const outcome = await world.delivery.requestSync(world.target, request(world));
    equal(outcome.kind, 'accepted');
    // A quick controller may be through already.
    const before = verdictOf(world, await observed(world, equal), askedIn(outcome));
    equal(before === 'in-progress' || before === 'delivered', true);

    await world.settle();

    const seen = await observed(world, equal);
    equal(seen?.operation?.info, { ...request(world).info, [operationInfo.operation]: operation });
    equal(seen?.operation?.initiatedBy?.username, 'fairlead:alice');
    equal(seen?.operation?.asked, askedIn(outcome));
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
    const seen = await observed(world, equal);
    equal(seen?.operation?.info[operationInfo.operation], undefined);
  },
  'makes the next operation when the last one has ended': async (world, equal) => {
    await world.delivery.requestSync(world.target, request(world));
    await world.settle();

    const outcome = await world.delivery.requestSync(world.target, request(world, { operation: other }));

    equal(outcome.kind, 'accepted');
    await world.settle();
    equal((await observed(world, equal))?.operation?.info[operationInfo.operation], other);
  },
  'deletes nothing that the plan does not name': async (world, equal) => {
    const left = await world.leaveBehind();

    const outcome = await world.delivery.requestSync(world.target, request(world, { prune: true }));

    equal(outcome, { kind: 'prune-not-planned', objects: [left] });
    equal((await observed(world, equal))?.operationPending, false);
  },
  'deletes what the plan names': async (world, equal) => {
    const left = await world.leaveBehind();

    const outcome = await world.delivery.requestSync(world.target, request(world, { prune: true, mayPrune: [left] }));
    await world.settle();

    const seen = await observed(world, equal);
    equal(
      seen?.resources.filter(({ requiresPruning }) => requiresPruning),
      [],
    );
    equal(verdictOf(world, seen, askedIn(outcome)), 'delivered');
  },
  'keeps what is left behind where the plan deletes nothing, and says so': async (world, equal) => {
    await world.leaveBehind();

    const outcome = await world.delivery.requestSync(world.target, request(world));
    await world.settle();

    equal(verdictOf(world, await observed(world, equal), askedIn(outcome)), 'out-of-sync');
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
