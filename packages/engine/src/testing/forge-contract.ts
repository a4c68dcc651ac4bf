import { type CommitSha, PromotionId } from '@fairlead/domain';
import type { Change, Forge, NewChange } from '../ports/forge.ts';
import type { Git } from '../ports/git.ts';
import type { Contract } from './contract.ts';

/** A forge with one repository whose `main` has a file `README.md`. Fresh for each case. */
export interface ForgeWorld {
  readonly forge: Forge;
  readonly git: Git;
  /** The same forge, as another process would open it. */
  reopen(): Forge;
  /** Somebody else's commit on the branch, made from `main` where it doesn't exist yet, pushed without Fairlead. */
  pushForeign(branch: string, files: Readonly<Record<string, string>>): Promise<CommitSha>;
  deleteBranch(branch: string): Promise<void>;
}

const branch = 'fairlead/svc/prod/p-01';
const unknown = { number: 4_711 };

function newChange(head: CommitSha): NewChange {
  const promotion = PromotionId.parse(`p-${'0'.repeat(26)}`);
  return { branch, base: 'main', head, title: 'promote svc 1.0.0 to prod', body: 'why', promotion };
}

async function opened(world: ForgeWorld): Promise<{ readonly change: Change; readonly head: CommitSha }> {
  const head = await world.pushForeign(branch, { 'a.txt': 'a\n' });
  return { change: await world.forge.openChange(newChange(head)), head };
}

export const forgeContract: Contract<ForgeWorld> = {
  'opens a change once per branch': async (world, equal) => {
    const { change, head } = await opened(world);

    const again = await world.reopen().openChange(newChange(head));
    equal(again, change);
    equal(
      { branch: change.branch, base: change.base, head: change.head, status: change.status },
      { branch, base: 'main', head, status: 'open' },
    );
  },
  'reads the head as it is now': async (world, equal) => {
    const { change } = await opened(world);
    const head = await world.pushForeign(branch, { 'b.txt': 'b\n' });

    equal(await world.forge.readChange(change), { ...change, head });
  },
  'says that a change is absent': async ({ forge }, equal) => {
    equal(await forge.readChange(unknown), 'absent');
  },
  'says that the branch of an open change is gone': async (world, equal) => {
    const { change } = await opened(world);
    await world.deleteBranch(branch);

    equal(await world.forge.readChange(change), { ...change, head: 'absent' });
  },
  'merges the expected head, and says so again when asked again': async (world, equal) => {
    const { change, head } = await opened(world);

    const outcome = await world.forge.mergeChange(change, head);
    const again = await world.reopen().mergeChange(change, head);
    const commit = outcome.kind === 'merged' ? outcome.commit : undefined;
    equal(outcome, { kind: 'merged', commit });
    equal(again, outcome);
    await world.git.fetch();
    equal(await world.git.head('main'), commit);
    equal(await world.git.ancestry(head, commit ?? head), 'ancestor');
    equal(await world.forge.readChange(change), { ...change, status: 'merged', mergeCommit: commit });
  },
  'still knows a merge after the base moved on': async (world, equal) => {
    const { change, head } = await opened(world);
    const outcome = await world.forge.mergeChange(change, head);
    await world.pushForeign('main', { 'later.txt': 'later\n' });

    equal(await world.reopen().mergeChange(change, head), outcome);
  },
  'merges into a base that moved without a conflict, and keeps both': async (world, equal) => {
    const { change, head } = await opened(world);
    await world.pushForeign('main', { 'other.txt': 'other\n' });

    const outcome = await world.forge.mergeChange(change, head);
    await world.git.fetch();
    const files = outcome.kind === 'merged' ? await (await world.git.snapshot(outcome.commit)).files('') : 'absent';
    equal(files === 'absent' ? files : files.map(({ path }) => path), ['README.md', 'a.txt', 'other.txt']);
  },
  'does not merge a head that it was not asked for': async (world, equal) => {
    const { change, head } = await opened(world);
    const foreign = await world.pushForeign(branch, { 'b.txt': 'b\n' });
    const before = await world.git.fetch().then(() => world.git.head('main'));

    equal(await world.forge.mergeChange(change, head), { kind: 'head-moved', head: foreign });
    await world.git.fetch();
    equal(await world.git.head('main'), before);
  },
  'does not merge over a conflict, and names the paths': async (world, equal) => {
    const head = await world.pushForeign(branch, { 'README.md': 'theirs\n' });
    const change = await world.forge.openChange(newChange(head));
    const before = await world.pushForeign('main', { 'README.md': 'ours\n' });

    equal(await world.forge.mergeChange(change, head), { kind: 'conflict', paths: ['README.md'] });
    await world.git.fetch();
    equal(await world.git.head('main'), before);
  },
  'closes a change, twice without harm, and does not merge it then': async (world, equal) => {
    const { change, head } = await opened(world);
    await world.forge.closeChange(change, 'replaced');
    await world.reopen().closeChange(change, 'replaced');

    equal(await world.forge.readChange(change), { ...change, status: 'closed' });
    equal((await world.forge.mergeChange(change, head)).kind, 'refused');
  },
  'refuses to merge a change that does not exist': async (world, equal) => {
    const { head } = await opened(world);

    equal((await world.forge.mergeChange(unknown, head)).kind, 'refused');
  },
};
