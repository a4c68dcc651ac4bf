import { isRunning, operationOf, statusOf } from '../application/application.ts';
import { textAt } from '../../json/json.ts';
import { nameOf, uidOf, type KubeObject } from '../../kube/kube-object.ts';
import { Waker } from '../../kube/waker.ts';
import { syncAutomatically } from './automated-sync.ts';
import { type ControllerContext } from './controller-context.ts';
import { deleteResources } from './delete-resources.ts';
import { pause } from '../../kube/pause.ts';
import { operate } from './operate.ts';
import { refreshApplication } from './refresh.ts';
import { demandedLevel, higher, type RefreshLevel } from './refresh-level.ts';

/** How often a running operation looks around by itself: for windows that lift, retries that are due, hooks that end. */
const recheckMs = 500;

/** Works on one application, one step at a time, until it is deleted or everything ends. */
export class ApplicationWorker {
  /** Settles when no more work is being done. */
  readonly ended: Promise<void>;
  readonly #context: ControllerContext;
  readonly #name: string;
  readonly #uid: string;
  readonly #waker = new Waker();
  #requested: RefreshLevel = 'none';

  constructor(context: ControllerContext, application: KubeObject) {
    this.#context = context;
    this.#name = nameOf(application);
    this.#uid = uidOf(application);
    context.signal.addEventListener('abort', () => {
      this.wake();
    });
    this.ended = this.#run();
  }

  /** Looks at the application again, with at least this fresh a comparison. */
  wake(level: RefreshLevel = 'none'): void {
    this.#requested = higher(this.#requested, level);
    this.#waker.ring();
  }

  async #run(): Promise<void> {
    let restMs: number | undefined;
    while (!this.#context.signal.aborted) {
      await this.#waker.sleep(restMs);
      const application = this.#current();
      if (application === undefined) return;
      try {
        restMs = await this.#work(application);
      } catch {
        // The API server or Git is away: what was to be done is still to be done.
        restMs = recheckMs;
      }
    }
  }

  /** One round: the operation a step further, then a comparison if one is due. Returns how long to rest without a wake. */
  async #work(application: KubeObject): Promise<number | undefined> {
    if (textAt(application.metadata, 'deletionTimestamp') !== undefined) return deleteResources(this.#context, application);
    await this.#operate(application);
    await this.#refresh();
    const current = this.#current();
    return current !== undefined && isRunning(current) ? recheckMs : undefined;
  }

  /** An operation waits for the first comparison. */
  async #operate(application: KubeObject): Promise<void> {
    if (statusOf(application)['sync'] === undefined) return;
    switch (await operate(this.#context, application)) {
      case 'idle':
      case 'waiting':
        return;
      case 'again':
        this.#waker.ring();
        return;
      case 'finished':
        await this.#settle();
    }
  }

  /** After an operation: first what the live objects say, then, with a new `reconciledAt`, what the newest revision says. */
  async #settle(): Promise<void> {
    await pause(this.#context.latency.settleMs, this.#context.signal);
    await this.#compare('live');
    this.#requested = higher(this.#requested, 'git');
  }

  async #refresh(): Promise<void> {
    const application = this.#current();
    if (application === undefined) return;
    const level = higher(this.#requested, demandedLevel(application));
    if (level === 'none') return;
    this.#requested = 'none';
    const { latency, signal } = this.#context;
    await pause(level === 'live' ? latency.reactMs : latency.compareMs, signal);
    await this.#compare(level);
    const compared = this.#current();
    if (compared !== undefined && (await syncAutomatically(this.#context, compared))) this.#waker.ring();
    // A request that came while an operation was written about stays due.
    if (compared !== undefined && operationOf(compared) !== undefined && !isRunning(compared)) this.#waker.ring();
  }

  /** Any comparison answers a refresh request, so it has to be as fresh as the request demands. */
  async #compare(level: RefreshLevel): Promise<void> {
    const application = this.#current();
    if (application !== undefined) await refreshApplication(this.#context, application, higher(level, demandedLevel(application)));
  }

  #current(): KubeObject | undefined {
    const application = this.#context.applications.get(this.#name);
    return application !== undefined && uidOf(application) === this.#uid ? application : undefined;
  }
}
