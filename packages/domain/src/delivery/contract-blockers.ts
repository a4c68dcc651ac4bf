import type { Blocker } from '../blocker/blocker.ts';
import { sameFolder } from '../document/same-folder.ts';
import type { DeliveryObservation, ObservedDelivery } from './delivery-observation.ts';
import type { DeliveryTarget } from './delivery-target.ts';

/** What the environment declares of a target, and what was found there. */
export interface TargetContract {
  readonly target: DeliveryTarget;
  /** The environment's folder, from the repository's root. */
  readonly path: string;
  /** The protected branch. */
  readonly branch: string;
  readonly found: DeliveryObservation | { readonly kind: 'cluster-unknown' };
}

type Reason = Pick<Blocker, 'code' | 'message' | 'expected' | 'observed' | 'fix'>;

/** Why a target can't deliver the environment as it is declared: true before anything is promoted, and nothing that waiting would change. */
export function contractBlockers(contract: TargetContract, now: Date): readonly Blocker[] {
  return reasonsOf(contract).map((reason) => ({ gate: 'contract', ...reason, since: now.toISOString(), who: ['operator'] }));
}

function reasonsOf({ target, path, branch, found }: TargetContract): readonly Reason[] {
  const { cluster, namespace, name: application } = target;
  switch (found.kind) {
    case 'cluster-unknown':
      return [
        {
          code: 'cluster-unknown',
          message: `${application} is in cluster ${cluster}, which the installation does not have`,
          expected: `a cluster named ${cluster}`,
          fix: `start the server with --cluster ${cluster}=KUBECONFIG, or add it under 'clusters' in fairlead.yaml`,
        },
      ];
    case 'absent':
      return [
        {
          code: 'application-absent',
          message: `cluster ${cluster} has no Application ${namespace}/${application}`,
          expected: `an Application that delivers ${path} of ${branch}`,
          fix: 'create it, or correct the target of the environment',
        },
      ];
    case 'observed':
      return [...automatedSync(found, application), ...otherSource(found, { application, path, branch })];
  }
}

/** Then the merge would be the sync, before anybody asked for one. */
function automatedSync({ automatedSync: automated }: ObservedDelivery, application: string): readonly Reason[] {
  if (!automated) return [];
  return [
    {
      code: 'automated-sync',
      message: `${application} syncs by itself`,
      expected: 'no automated sync',
      observed: 'spec.syncPolicy.automated is set',
      fix: `remove spec.syncPolicy.automated from Application ${application}`,
    },
  ];
}

interface Declared {
  readonly application: string;
  readonly path: string;
  readonly branch: string;
}

/** The address of the repository is left out: one repository has many, by protocol and by who asks. */
function otherSource({ source }: ObservedDelivery, { application, path, branch }: Declared): readonly Reason[] {
  const samePath = source.path === '' || sameFolder(source.path, path);
  const sameBranch = ['', 'HEAD', branch, `refs/heads/${branch}`].includes(source.targetRevision);
  if (samePath && sameBranch) return [];
  return [
    {
      code: 'source-differs',
      message: `${application} delivers ${source.path} of ${source.targetRevision}`,
      expected: `${path} of ${branch}`,
      observed: `${source.path} of ${source.targetRevision}`,
      fix: `correct spec.source of Application ${application}, or the path of the environment`,
    },
  ];
}
