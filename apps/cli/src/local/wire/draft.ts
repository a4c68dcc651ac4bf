import type { Checkout } from '@fairlead/adapters/git';
import type { CommitSha } from '@fairlead/domain';
import {
  draftFragment,
  draftRelease,
  serviceAround,
  type DraftedFragment,
  type DraftedRelease,
  type DraftProblem,
  type DraftRequest,
  type DraftSource,
  type PathTree,
  type Registry,
  type TreeSnapshot,
} from '@fairlead/engine';
import type { Place } from '../find-place.ts';

export interface DraftPlace extends Pick<Place, 'path'> {
  readonly checkout: Checkout | 'absent';
}

export interface Draft {
  readonly request: DraftRequest;
  readonly commit: CommitSha;
  /** Absent: nothing outside the checkout is asked. */
  readonly registry?: Registry;
}

/** A release of the service root that the place lies in. */
export async function draftReleaseIn(place: DraftPlace, draft: Draft): Promise<DraftedRelease> {
  const source = await draftSource(place, draft);
  return 'kind' in source ? source : draftRelease(draft.request, source);
}

/** What one of several builds knows of it. */
export async function draftFragmentIn(place: DraftPlace, draft: Draft): Promise<DraftedFragment> {
  const source = await draftSource(place, draft);
  return 'kind' in source ? source : draftFragment(draft.request, source);
}

interface Invalid {
  readonly kind: 'invalid';
  readonly problems: readonly DraftProblem[];
}

const noCheckout: Invalid = {
  kind: 'invalid',
  problems: [{ flag: '--commit', message: 'this folder is under no Git repository', fix: 'run it in the checkout of the build' }],
};

async function draftSource({ checkout, path }: DraftPlace, { commit, registry }: Draft): Promise<DraftSource | Invalid> {
  if (checkout === 'absent') return noCheckout;
  const files = checkout.files();
  const service = await serviceAround(files, path);
  if (service?.kind === 'invalid') {
    const problems = service.problems.map(({ file, line, message, hint }): DraftProblem => {
      return { flag: '--from-service', message: `${file}:${String(line)}: ${message}`, fix: hint ?? 'repair the document' };
    });
    return { kind: 'invalid', problems };
  }
  return {
    root: service?.root ?? path,
    ...(service === undefined ? {} : { service: service.service }),
    commit,
    committedAt: await checkout.committedAt(commit),
    ...standingOf(checkout),
    isOn: (ref) => isOn(checkout, commit, ref),
    committed: await checkout.snapshot(commit),
    ...(commit === checkout.head ? { workingTree: withoutIgnored(checkout.workingTree(), files) } : {}),
    ...(registry === undefined ? {} : { registry }),
    at: async (other) => ((await checkout.resolve(other)) === 'absent' ? 'absent' : checkout.snapshot(other)),
  };
}

function standingOf({ branch, origin }: Checkout): Pick<DraftSource, 'branch' | 'origin'> {
  return { ...(branch === undefined ? {} : { branch }), ...(origin === undefined ? {} : { origin }) };
}

/** A build often has the branch as the remote's alone. */
export async function isOn(checkout: Checkout, commit: CommitSha, ref: string): Promise<boolean | 'unknown'> {
  const local = await checkout.resolve(ref);
  const head = local === 'absent' ? await checkout.resolve(ref.replace('refs/heads/', 'refs/remotes/origin/')) : local;
  return head === 'absent' ? 'unknown' : (await checkout.mergeBase(commit, head)) === commit;
}

/** What is ignored is no change of what is committed. */
function withoutIgnored(tree: TreeSnapshot, listed: PathTree): TreeSnapshot {
  return {
    look: (path) => tree.look(path),
    async files(path) {
      const [all, known] = [await tree.files(path), await listed.files(path)];
      if (all === 'absent' || known === 'absent') return 'absent';
      const paths = new Set(known.map((file) => file.path));
      return all.filter((file) => paths.has(file.path));
    },
  };
}
