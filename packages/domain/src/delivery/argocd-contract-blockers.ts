import { sameFolder } from '../document/same-folder.ts';
import { isOfCommit, sourceOfCommit } from './argocd-standing.ts';
import type { ObservedArgoCd, ObservedSource } from './observed-argocd.ts';
import type { ContractReason, Preflight, TargetContract } from './target-contract.ts';

type Judged = Pick<TargetContract, 'target' | 'path' | 'chart' | 'branch' | 'overrides'>;

/** Why an Application can't deliver the environment as it is declared. */
export function argoCdReasons(
  { preflight, ...contract }: Judged & Pick<TargetContract, 'preflight'>,
  seen: ObservedArgoCd,
): readonly ContractReason[] {
  const always = [
    ...isGoing(contract, seen),
    ...automatedSync(contract, seen),
    ...otherSource(contract, seen),
    ...overridden(contract),
    ...imageUpdater(contract, seen),
  ];
  return preflight === undefined ? always : [...always, ...beforehand(contract, seen, preflight)];
}

function beforehand(contract: Judged, seen: ObservedArgoCd, preflight: Preflight): readonly ContractReason[] {
  return [
    ...otherHistory(contract, seen, preflight),
    ...isLeftAlone(contract, seen),
    ...invalidSpec(contract, seen),
    ...hydratesElsewhere(contract, seen),
    ...openSources(contract, seen),
    ...otherApplications(contract, preflight),
  ];
}

function isGoing({ target }: Judged, { deletion }: ObservedArgoCd): readonly ContractReason[] {
  if (deletion === undefined) return [];
  return [
    {
      code: 'application-deleting',
      message: `Application ${target.namespace}/${target.name} is being deleted${deletion.cascades ? ', and what it delivered with it' : ''}`,
      expected: 'an Application that stays',
      observed: `deleted at ${deletion.since}`,
      fix: 'create it again, or take it from the targets of the environment',
    },
  ];
}

/** Then the merge would be the sync, before anybody asked for one. */
function automatedSync({ target }: Judged, { automatedSync: automated, madeBy }: ObservedArgoCd): readonly ContractReason[] {
  if (!automated) return [];
  return [
    {
      code: 'automated-sync',
      message: `${target.name} syncs by itself`,
      expected: 'no automated sync',
      observed: 'spec.syncPolicy.automated is set',
      fix: `remove spec.syncPolicy.automated from Application ${target.name}${keptBy(madeBy)}`,
    },
  ];
}

/** The address of the repository is left out: one repository has many, by protocol and by who asks. */
function otherSource({ target, path, chart = path, branch }: Judged, seen: ObservedArgoCd): readonly ContractReason[] {
  const source = sourceOfCommit(seen.sources, path) ?? seen.source;
  const samePath = source.path === '' || [path, chart].some((folder) => sameFolder(source.path, folder));
  const sameBranch = ['', 'HEAD', branch, `refs/heads/${branch}`].includes(source.targetRevision);
  if (samePath && sameBranch) return [];
  const field =
    seen.hydration === undefined ? (seen.sources === undefined ? 'spec.source' : 'spec.sources') : 'spec.sourceHydrator.drySource';
  return [
    {
      code: 'source-differs',
      message: `${target.name} delivers ${source.path} of ${source.targetRevision}`,
      expected: `${chart} of ${branch}`,
      observed: `${source.path} of ${source.targetRevision}`,
      fix: `correct ${field} of Application ${target.name}${keptBy(seen.madeBy)}, or the path of the environment`,
    },
  ];
}

/** What people approve is rendered without them. */
function overridden({ target, overrides = [] }: Judged): readonly ContractReason[] {
  return overrides.map((file) => ({
    code: 'source-overridden',
    message: `${file} changes how Argo CD renders what ${target.name} delivers`,
    expected: 'a render that the environment shows as it is',
    observed: `the folder has ${file}`,
    fix: `write what ${file} says into the kustomization, and remove the file`,
  }));
}

/** It writes images into the Application, or into Git: what is approved, and what runs, would be two things. */
function imageUpdater({ target }: Judged, { imageUpdater: annotations = [] }: ObservedArgoCd): readonly ContractReason[] {
  if (annotations.length === 0) return [];
  return [
    {
      code: 'image-updater',
      message: `an image updater changes what ${target.name} delivers`,
      expected: 'nobody but Fairlead changes the images of the environment',
      observed: `annotations ${annotations.slice(0, 3).join(', ')}`,
      fix: `remove the annotations from Application ${target.name}`,
    },
  ];
}

function otherHistory({ target, branch }: Judged, { source }: ObservedArgoCd, { onBranch }: Preflight): readonly ContractReason[] {
  if (onBranch !== false) return [];
  return [
    {
      code: 'source-elsewhere',
      message: `${target.name} reads ${source.repository} at a commit that the protected branch does not have`,
      expected: `the repository that Fairlead merges in, at ${branch}`,
      observed: `${source.repository} at ${source.targetRevision}`,
      fix: `correct repoURL and targetRevision of Application ${target.name}`,
    },
  ];
}

function isLeftAlone({ target }: Judged, { skipsReconcile }: ObservedArgoCd): readonly ContractReason[] {
  if (skipsReconcile !== true) return [];
  return [
    {
      code: 'target-suspended',
      message: `Application ${target.namespace}/${target.name} is left alone by its controller`,
      expected: 'a controller that is at work',
      observed: 'annotation argocd.argoproj.io/skip-reconcile is true',
      fix: 'remove the annotation: nothing is compared or applied until then',
    },
  ];
}

function invalidSpec({ target }: Judged, { conditions }: ObservedArgoCd): readonly ContractReason[] {
  const error = conditions.find(({ type }) => type === 'InvalidSpecError');
  if (error === undefined) return [];
  return [
    {
      code: 'application-invalid',
      message: `Argo CD refuses Application ${target.name}: ${error.message}`,
      expected: 'a project and a destination that exist, and permit this source',
      observed: 'condition InvalidSpecError',
      fix: `correct spec.project, spec.destination or the AppProject of Application ${target.name}`,
    },
  ];
}

/** What is hydrated is then synced only after somebody merged it, which no gate sees. */
function hydratesElsewhere({ target }: Judged, { hydration }: ObservedArgoCd): readonly ContractReason[] {
  if (hydration?.writesTo === undefined) return [];
  return [
    {
      code: 'hydrates-elsewhere',
      message: `the hydrator of ${target.name} writes to ${hydration.writesTo}, which is not what is synced`,
      expected: 'a hydrator that writes to the branch that is synced',
      observed: `spec.sourceHydrator.hydrateTo is ${hydration.writesTo}`,
      fix: `remove spec.sourceHydrator.hydrateTo of Application ${target.name}`,
    },
  ];
}

/** Sources beside the environment's have to stand still: their next version would be deployed with the next commit, approved by nobody. */
function openSources({ target, path }: Judged, { sources = [] }: ObservedArgoCd): readonly ContractReason[] {
  const main = sourceOfCommit(sources, path);
  const open = sources.filter((source) => !isOfCommit(source, main) && isOpen(source));
  return open.map((source) => ({
    code: 'source-open',
    message: `${target.name} takes ${source.chart ?? source.repository} from wherever '${source.targetRevision}' is`,
    expected: 'a version or a commit',
    observed: `targetRevision '${source.targetRevision}'`,
    fix: `write an exact targetRevision into the source ${source.chart ?? source.repository} of Application ${target.name}`,
  }));
}

/** Of a Git source only the usual names of branches are known to move. */
function isOpen({ chart, targetRevision }: ObservedSource): boolean {
  if (chart === undefined) return ['', 'HEAD', 'main', 'master'].includes(targetRevision.replace(/^refs\/heads\//, ''));
  return !/^v?\d+\.\d+\.\d+(?:[-+][\w.+-]+)?$/.test(targetRevision);
}

function otherApplications({ target, path }: Judged, { others }: Preflight): readonly ContractReason[] {
  return others.map((other) => ({
    code: 'other-application',
    message: `Application ${other.target.namespace}/${other.target.name} delivers ${path} too`,
    expected: 'every Application that delivers the environment is one of its targets',
    observed: `it delivers to ${other.destination.name ?? other.destination.server ?? 'its own cluster'}, namespace ${other.destination.namespace}`,
    fix: `add it to the targets beside ${target.name}, or take the folder from it`,
  }));
}

/** Whatever is corrected in an object that another one makes has to be corrected there. */
function keptBy(madeBy: string | undefined): string {
  return madeBy === undefined ? '' : `, in ${madeBy}, which makes it`;
}
