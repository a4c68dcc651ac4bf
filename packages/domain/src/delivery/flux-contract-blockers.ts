import { sameFolder } from '../document/same-folder.ts';
import { sameRepository } from '../service/same-repository.ts';
import type { ImageAutomation, ObservedFlux } from './observed-flux.ts';
import type { ContractReason, Preflight, TargetContract } from './target-contract.ts';

type Judged = Pick<TargetContract, 'target' | 'path' | 'branch'>;

/** Why a Kustomization can't deliver the environment as it is declared. */
export function fluxReasons(
  { preflight, ...contract }: Judged & Pick<TargetContract, 'preflight'>,
  seen: ObservedFlux,
): readonly ContractReason[] {
  const always = [...otherSource(contract, seen), ...otherImages(contract, seen), ...otherWriters(contract, seen)];
  return preflight === undefined ? always : [...always, ...beforehand(contract, seen, preflight)];
}

function beforehand(contract: Judged, seen: ObservedFlux, preflight: Preflight): readonly ContractReason[] {
  return [
    ...isSuspended(contract, seen),
    ...otherHistory(contract, seen, preflight),
    ...otherTargets(contract, preflight),
    ...substitutedImages(contract, seen, preflight),
    ...missingSettings(contract, seen),
    ...slowInterval(contract, seen, preflight),
  ];
}

/** Of an artifact that is no commit's own neither folder nor branch say anything: the commit that it was made from does. */
function otherSource({ target, path, branch }: Judged, { source, origin }: ObservedFlux): readonly ContractReason[] {
  if (origin.kind !== 'GitRepository' || !origin.found) return [];
  const sameBranch = [branch, `refs/heads/${branch}`].includes(source.targetRevision);
  if (sameFolder(source.path, path) && sameBranch) return [];
  return [
    {
      code: 'source-differs',
      message: `${target.name} delivers ${source.path} of ${source.targetRevision}`,
      expected: `${path} of ${branch}`,
      observed: `${source.path} of ${source.targetRevision}`,
      fix: `correct spec.path of Kustomization ${target.name}, spec.ref of GitRepository ${origin.name}, or the path of the environment`,
    },
  ];
}

/** What is approved, and what runs, would be two things. */
function otherImages({ target }: Judged, { settings: { images } }: ObservedFlux): readonly ContractReason[] {
  if (images.length === 0) return [];
  return [
    {
      code: 'images-overridden',
      message: `Kustomization ${target.name} replaces images by itself: ${images.join(', ')}`,
      expected: 'the images of the release, as the commit has them',
      observed: 'spec.images is set',
      fix: `remove spec.images of Kustomization ${target.name}`,
    },
  ];
}

function substitutedImages({ target }: Judged, { settings }: ObservedFlux, { images }: Preflight): readonly ContractReason[] {
  const open = images.filter((image) => image.includes('${'));
  if (!settings.substitutes || open.length === 0) return [];
  return [
    {
      code: 'images-substituted',
      message: `Kustomization ${target.name} fills in images: ${open.slice(0, 3).join(', ')}`,
      expected: 'images that the commit names in full',
      observed: 'spec.postBuild substitutes variables of images',
      fix: 'write the images in full, by digest',
    },
  ];
}

/** Two that write the same files undo each other's work. */
function otherWriters({ target, path, branch }: Judged, { automations = [], source }: ObservedFlux): readonly ContractReason[] {
  const writes = (automation: ImageAutomation): boolean =>
    !automation.suspended &&
    ['', branch].includes(automation.branch) &&
    sameRepository(automation.url, source.repository) &&
    isAboveOrBelow(automation.path, path);
  return automations.filter(writes).map(({ namespace, name }) => ({
    code: 'image-automation',
    message: `ImageUpdateAutomation ${namespace}/${name} writes to what ${target.name} delivers`,
    expected: 'nobody but Fairlead changes the images of the environment',
    observed: 'it is not suspended, and pushes to the protected branch',
    fix: `suspend ImageUpdateAutomation ${name}, or give it another spec.update.path or branch`,
  }));
}

/** A folder, one inside it, or one around it. */
function isAboveOrBelow(one: string, other: string): boolean {
  const inside = (inner: string, outer: string): boolean => {
    const parts = inner.split('/').filter((part) => part !== '' && part !== '.');
    return parts.some((_part, index) => sameFolder(parts.slice(0, index).join('/'), outer)) || sameFolder(inner, outer);
  };
  return inside(one, other) || inside(other, one);
}

function isSuspended({ target }: Judged, { suspended, origin }: ObservedFlux): readonly ContractReason[] {
  const source = origin.found && origin.suspended ? `${origin.kind} ${origin.namespace}/${origin.name}` : undefined;
  const held = suspended ? `Kustomization ${target.namespace}/${target.name}` : source;
  if (held === undefined) return [];
  return [
    {
      code: 'target-suspended',
      message: `${held} is suspended`,
      expected: 'a controller that is at work',
      observed: 'spec.suspend is true',
      fix: `resume it${suspended ? ', by fairlead environment resume' : ''}: nothing is applied until then`,
    },
  ];
}

function otherHistory({ target, branch }: Judged, { source }: ObservedFlux, { onBranch }: Preflight): readonly ContractReason[] {
  if (onBranch !== false) return [];
  return [
    {
      code: 'source-elsewhere',
      message: `${target.name} reads ${source.repository} at a commit that the protected branch does not have`,
      expected: `the repository that Fairlead merges in, at ${branch}`,
      observed: `${source.repository} at ${source.targetRevision}`,
      fix: "correct spec.url or spec.ref of the Kustomization's source",
    },
  ];
}

function otherTargets({ target, path }: Judged, { others }: Preflight): readonly ContractReason[] {
  return others.map((other) => ({
    code: 'other-kustomization',
    message: `Kustomization ${other.target.namespace}/${other.target.name} delivers ${path} too`,
    expected: 'every Kustomization that covers the environment is one of its targets',
    observed: `its path is ${other.source.path}`,
    fix: `add it to the targets beside ${target.name}, or take the folder from it`,
  }));
}

/** Without these what is removed in Git stays, and a release that never gets healthy never fails. */
function missingSettings({ target }: Judged, { settings }: ObservedFlux): readonly ContractReason[] {
  const missing = [
    ...(settings.prune ? [] : [{ code: 'prune-off', field: 'spec.prune', want: 'true' }]),
    ...(settings.timeoutMs === undefined ? [{ code: 'timeout-missing', field: 'spec.timeout', want: 'a duration' }] : []),
    ...(settings.wait || settings.healthChecks > 0 ? [] : [{ code: 'wait-off', field: 'spec.wait', want: 'true' }]),
  ];
  return missing.map(({ code, field, want }) => ({
    code,
    message: `Kustomization ${target.name} has no ${field}`,
    expected: `${field}: ${want}`,
    observed: 'not set',
    fix: `set ${field} of Kustomization ${target.name}`,
  }));
}

function slowInterval(
  { target }: Judged,
  { settings: { intervalMs } }: ObservedFlux,
  { correctWithinMs }: Preflight,
): readonly ContractReason[] {
  if (intervalMs !== undefined && intervalMs <= correctWithinMs) return [];
  const most = `${String(correctWithinMs / 1000)}s`;
  return [
    {
      code: 'interval-too-long',
      message: `Kustomization ${target.name} looks ${intervalMs === undefined ? 'at no known interval' : `every ${String(intervalMs / 1000)} s`}`,
      expected: `an interval of at most ${most}`,
      observed: 'drift stays for so long before Flux corrects it',
      fix: `set spec.interval of Kustomization ${target.name} to ${most} or less, or set drift.correctWithin in the policy`,
    },
  ];
}
