import type { ContractCase } from './contract-case.ts';
import { definitionCases } from './definition-cases.ts';
import { deletionCases } from './deletion-cases.ts';
import { objectCases } from './object-cases.ts';
import { ownershipCases } from './ownership-cases.ts';
import { patchCases } from './patch-cases.ts';
import { refusalCases } from './refusal-cases.ts';
import { watchCases } from './watch-cases.ts';
import { workloadCases } from './workload-cases.ts';

/** What the sandbox's API server and a real one must both do. Run each case in a namespace of its own. */
export function kubernetesContract(): readonly ContractCase[] {
  return [
    ...objectCases(),
    ...refusalCases(),
    ...watchCases(),
    ...patchCases(),
    ...ownershipCases(),
    ...deletionCases(),
    ...definitionCases(),
    ...workloadCases(),
  ];
}
