import { checkoutCommits, type Checkout } from '@fairlead/adapters/git';
import { ConflictError, NotFoundError, promotionMessage, type CommitSha, type ReleaseManifest, type Digest } from '@fairlead/domain';
import { changedPaths, planOffline, type OfflinePorts, type OfflinePromotion, type PlannedOffline } from '@fairlead/engine';
import type { Terminal } from '../../terminal.ts';
import { UsageError } from '../../usage-error.ts';
import { writeFiles } from '../write-files.ts';
import { openCheckout, type OpenCheckout } from './open-checkout.ts';

export type { OfflinePromotion };

export interface OfflineWish {
  readonly service: string;
  readonly environment: string;
  readonly release: { readonly manifest: ReleaseManifest; readonly digest: Digest; readonly text: string };
  /** What it starts from: the last commit, or the files as they are on disk. */
  readonly from: 'head' | 'work-tree';
}

/** A checkout in which a promotion is planned, and may be carried out. */
export interface OfflineWorld extends AsyncDisposable {
  readonly root: string;
  readonly head: CommitSha;
  readonly origin?: string;
  /** Into which a change would be merged. */
  readonly target: string;
  plan(wish: OfflineWish): Promise<PlannedOffline>;
  /** Changes the files; where one fails, none. Throws `ConflictError` (`path-changed`) where a person has changed one of them. */
  write(promotion: OfflinePromotion): Promise<void>;
  patch(promotion: OfflinePromotion): Promise<string>;
  push(promotion: OfflinePromotion): Promise<OfflinePush>;
}

interface OfflinePush {
  readonly commit: CommitSha;
  readonly kind: 'pushed' | 'already-there';
}

export async function openOffline(terminal: Terminal): Promise<OfflineWorld> {
  const place = await openCheckout(terminal);
  const { checkout, root } = place;
  const { head, origin, defaultBranch } = checkout;
  if (head === 'absent') {
    await place[Symbol.asyncDispose]();
    throw new UsageError(`${root} has no commit yet`, 'git add and git commit what the change shall start from');
  }
  const commits = checkoutCommits(checkout, terminal.env);
  return {
    root,
    head,
    ...(origin === undefined ? {} : { origin }),
    target: defaultBranch === 'absent' ? 'main' : defaultBranch.name,
    plan: (wish) => plan(place, head, wish),
    async write(promotion) {
      await refuseChanged(checkout, head, promotion);
      await writeFiles(root, promotion.files);
    },
    patch: (promotion) => commits.patch(commitOf(promotion)),
    async push(promotion) {
      if (origin === undefined)
        throw new UsageError('the checkout has no remote called origin', 'git remote add origin URL, or take --patch FILE');
      const { commit, pushed } = await commits.push(promotion.branch, commitOf(promotion));
      if (pushed.kind !== 'moved') return { commit, kind: pushed.kind };
      throw new ConflictError('head-not-ours', `origin has ${promotion.branch} already, with another commit`, {
        hint: `look at it; git push origin --delete ${promotion.branch} makes room for this one`,
      });
    },
    [Symbol.asyncDispose]: () => place[Symbol.asyncDispose](),
  };
}

async function plan({ checkout, renderer }: OpenCheckout, head: CommitSha, { from, ...wish }: OfflineWish): Promise<PlannedOffline> {
  const request = {
    ...wish,
    base: head,
    at: await checkout.committedAt(head),
    files: from === 'head' ? await checkout.snapshot(head) : checkout.workingTree(),
  };
  return planOffline({ renderer, git: gitOf(checkout) }, request).catch((error: unknown) => {
    if (from === 'work-tree' || !(error instanceof NotFoundError) || !/^(service|environment)-unknown$/.test(error.code)) throw error;
    const hint = 'git commit .fairlead first, for this starts from the last commit; --write takes the files as they are';
    throw new NotFoundError(error.code, `${error.message} at HEAD`, { hint });
  });
}

function gitOf(checkout: Checkout): OfflinePorts['git'] {
  return {
    snapshot: (commit) => checkout.snapshot(commit),
    head: (branch) => newestHead(checkout, branch),
    async ancestry(commit, of) {
      if (commit === of) return 'same';
      if ((await checkout.resolve(commit)) === 'absent')
        throw new NotFoundError('commit-unknown', `the checkout has no commit ${commit}`, { hint: 'git fetch' });
      const base = await checkout.mergeBase(commit, of);
      if (base === commit) return 'ancestor';
      return base === of ? 'descendant' : 'unrelated';
    },
  };
}

/** Of a branch here and at origin the one that has the other; where they parted, origin's. */
async function newestHead(checkout: Checkout, branch: string): Promise<CommitSha | 'absent'> {
  const [here, there] = [await checkout.resolve(`refs/heads/${branch}`), await checkout.resolve(`refs/remotes/origin/${branch}`)];
  if (here === 'absent') return there;
  return there === 'absent' || (await checkout.mergeBase(here, there)) === there ? here : there;
}

async function refuseChanged(checkout: Checkout, head: CommitSha, { files }: OfflinePromotion): Promise<void> {
  const changed = await changedPaths([...files.keys()], { commit: await checkout.snapshot(head), workTree: checkout.workingTree() });
  if (changed.length === 0) return;
  throw new ConflictError('path-changed', `you have changes that are not committed in ${changed.join(', ')}`, {
    hint: 'commit or undo them first: then the change of the release stands alone',
  });
}

function commitOf({ plan: made, id }: OfflinePromotion): Parameters<ReturnType<typeof checkoutCommits>['patch']>[0] {
  return { parents: [made.base], base: made.base, edits: made.edits, message: promotionMessage(made, id), at: new Date(made.at) };
}
