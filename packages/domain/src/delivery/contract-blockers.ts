import type { Blocker } from '../blocker/blocker.ts';
import { sameFolder } from '../document/same-folder.ts';
import { argoCdReasons } from './argocd-contract-blockers.ts';
import type { ObservedFlux } from './observed-flux.ts';
import { controllerKind } from './delivery-target.ts';
import { fluxReasons } from './flux-contract-blockers.ts';
import type { ContractReason, TargetContract } from './target-contract.ts';

/** Why a target can't deliver the environment as it is declared: true before anything is promoted, and nothing that waiting would change. */
export function contractBlockers(contract: TargetContract, now: Date): readonly Blocker[] {
  return reasonsOf(contract).map((reason) => ({ gate: 'contract', ...reason, since: now.toISOString(), who: ['operator'] }));
}

function reasonsOf(contract: TargetContract): readonly ContractReason[] {
  const { target, path, branch, found } = contract;
  const { cluster, namespace, name } = target;
  const kind = controllerKind[target.controller];
  switch (found.kind) {
    case 'cluster-unknown':
      return [
        {
          code: 'cluster-unknown',
          message: `${name} is in cluster ${cluster}, which the installation does not have`,
          expected: `a cluster named ${cluster}`,
          fix: `start the server with --cluster ${cluster}=KUBECONFIG, or add it under 'clusters' in fairlead.yaml`,
        },
      ];
    case 'absent':
      return [
        {
          code: `${kind.toLowerCase()}-absent`,
          message: `cluster ${cluster} has no ${kind} ${namespace}/${name}`,
          expected: `${kind === 'Application' ? 'an' : 'a'} ${kind} that delivers ${path} of ${branch}`,
          fix: 'create it, or correct the target of the environment',
        },
      ];
    case 'observed':
      return found.controller === 'flux'
        ? [...otherSource(found, { object: `the source of Kustomization ${name}`, path, branch }), ...fluxReasons(contract, found)]
        : argoCdReasons(contract, found);
  }
}

interface Declared {
  /** What to correct. */
  readonly object: string;
  readonly path: string;
  readonly branch: string;
}

/** The address of the repository is left out: one repository has many, by protocol and by who asks. */
function otherSource({ source, target }: ObservedFlux, { object, path, branch }: Declared): readonly ContractReason[] {
  const samePath = source.path === '' || sameFolder(source.path, path);
  const sameBranch = ['', 'HEAD', branch, `refs/heads/${branch}`].includes(source.targetRevision);
  if (samePath && sameBranch) return [];
  return [
    {
      code: 'source-differs',
      message: `${target.name} delivers ${source.path} of ${source.targetRevision}`,
      expected: `${path} of ${branch}`,
      observed: `${source.path} of ${source.targetRevision}`,
      fix: `correct ${object}, or the path of the environment`,
    },
  ];
}
