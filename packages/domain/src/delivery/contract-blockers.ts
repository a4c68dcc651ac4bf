import type { Blocker } from '../blocker/blocker.ts';
import { argoCdReasons } from './argocd-contract-blockers.ts';
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
      return found.controller === 'flux' ? fluxReasons(contract, found) : argoCdReasons(contract, found);
  }
}
