import { judgeApiVersions, judgeDuplicates, type ObjectFault, type ReleaseManifest, type Rule } from '@fairlead/domain';
import type { Checking, RenderedEnvironment } from '../checking.ts';
import { checkConstraints } from './check-constraints.ts';
import { checkContract } from './check-contract.ts';
import { checkImageMarkers } from './check-image-markers.ts';
import { checkInputs } from './check-inputs.ts';
import type { DesiredStateToCheck } from './desired-state-to-check.ts';
import { governedFaults } from './governed-faults.ts';
import { locateObject } from './locate-object.ts';

/** What takes a declaration to be judged by. */
const declaredRules: readonly Rule[] = [
  'cluster-scoped-not-listed',
  'contract-component-missing',
  'contract-constraint',
  'contract-namespace',
  'contract-parameter-invalid',
  'contract-replicas',
  'contract-schema-version',
  'contract-secret-store',
  'inputs-not-pinned',
  'migration-hidden',
  'secret-producer-missing',
  'od-003',
  'od-004',
  'od-005',
];

const ofObjects: readonly Rule[] = ['api-deprecated', 'api-removed', 'object-duplicate'];

/** What is judged of documents alone is judged where nothing renders, too. */
const ofDocuments: readonly Rule[] = ['contract-component-missing', 'contract-parameter-invalid', 'contract-schema-version'];

/** Judges what an environment asks for as a whole: by what clusters serve, and, where it is declared, by its contract and the decisions that hold for it. */
export async function checkDesiredState(checking: Checking, environment: RenderedEnvironment, desired: DesiredStateToCheck): Promise<void> {
  const { notes } = checking;
  const faults: ObjectFault[] = [...judgeApiVersions(desired.objects), ...judgeDuplicates(desired.objects)];
  if (environment.declared === undefined) {
    notes.leaveOpen(declaredRules, 'no service declares the environment', environment.name);
  } else {
    const { found, open } = governedFaults(environment.declared, desired);
    faults.push(...found);
    for (const { rules, because } of open) notes.leaveOpen(rules, because, environment.name);
    await checkContract(checking, environment, desired.release);
    await checkConstraints(checking, environment, desired);
    await checkInputs(checking, environment);
    await checkImageMarkers(checking, environment);
  }
  for (const { path, ...fault } of faults) {
    const place = await locateObject(checking, environment, { object: fault.object, path });
    notes.add({ ...fault, ...place, environment: environment.name });
  }
}

/** What can be judged of an environment that doesn't render: whether its release fits. */
export async function checkUnrendered(
  checking: Checking,
  environment: RenderedEnvironment,
  release: ReleaseManifest | undefined,
): Promise<void> {
  const { notes } = checking;
  const { name, declared } = environment;
  notes.leaveOpen(ofObjects, 'it does not render', name);
  if (declared === undefined) {
    notes.leaveOpen(declaredRules, 'no service declares the environment', name);
    return;
  }
  notes.leaveOpen(
    declaredRules.filter((rule) => !ofDocuments.includes(rule)),
    'it does not render',
    name,
  );
  await checkContract(checking, environment, release);
}
