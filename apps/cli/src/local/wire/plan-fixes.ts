import { folderFiles } from '@fairlead/adapters/git';
import { applySplices, imageEdits, imagePins, type CheckReport, type RepoPath, type Rule } from '@fairlead/domain';
import { overlayOf, type FileSnapshot } from '@fairlead/engine';
import type { DeclaredEnvironment, LocalWorld } from '../wire.ts';

/** One file that would be other than it is. */
export interface PlannedFix {
  readonly path: RepoPath;
  readonly because: string;
  readonly before: string;
  readonly after: string;
}

export interface PlannedFixes {
  readonly fixes: readonly PlannedFix[];
  /** What could be repaired if more were known, and why it isn't. */
  readonly left: readonly string[];
}

const imageRules: readonly Rule[] = ['image-not-pinned', 'image-not-in-release'];

/** What can be repaired without a decision: an image becomes that of the release to which the environment refers, as a promotion of it would write it. */
export async function planFixes(world: LocalWorld, { findings }: CheckReport): Promise<PlannedFixes> {
  const faulty = new Set(findings.filter(({ rule }) => imageRules.includes(rule)).map(({ environment }) => environment));
  if (faulty.size === 0) return { fixes: [], left: [] };
  const files = world.checkout === 'absent' ? folderFiles(world.root) : world.checkout.files();
  const fixes: PlannedFix[] = [];
  const left: string[] = [];
  for (const { declared, ...environment } of (await world.environments()).filter(({ name }) => faulty.has(name))) {
    if (declared === undefined) {
      left.push(`${environment.name}: no document says which release it runs (fairlead init)`);
      continue;
    }
    const planned = await planFix(world, files, { ...environment, declared });
    if (typeof planned === 'string') left.push(`${environment.name}: ${planned}`);
    else if (planned.before !== planned.after) fixes.push(planned);
  }
  return { fixes, left };
}

async function planFix(world: LocalWorld, files: FileSnapshot, environment: DeclaredEnvironment): Promise<PlannedFix | string> {
  const { current, meant } = await world.releases(environment, undefined);
  const [release] = meant;
  if (current === undefined) return 'it has no release-manifest.ref, so nothing says which digest is meant';
  if (release === undefined) return `release ${current}, to which it refers, is not under releases/`;
  if (environment.path === '') return 'it is the top of the repository';
  const { path, text } = await overlayOf(files, environment.path);
  if (text === undefined) return `there is no ${path}`;
  const edits = imageEdits(text, imagePins(environment.declared.service, release.manifest));
  if (edits.kind === 'ambiguous') return `which entry of images: is meant for ${edits.components.join(', ')} can't be told`;
  if (edits.kind === 'not-editable') return edits.because;
  return {
    path,
    because: `the images of release ${release.manifest.metadata.version}`,
    before: text,
    after: applySplices(text, edits.splices),
  };
}
