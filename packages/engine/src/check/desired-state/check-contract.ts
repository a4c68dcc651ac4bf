import { contractFaults, releaseDigest, type ContractDocuments, type ContractFault, type ReleaseManifest } from '@fairlead/domain';
import { documentPlace } from '../../contract/document-place.ts';
import { resolveProfile } from '../../contract/resolve-profile.ts';
import type { Checking, RenderedEnvironment } from '../checking.ts';

/** Judges whether the release that an environment refers to fits the profile. */
export async function checkContract(
  checking: Checking,
  { name, declared }: RenderedEnvironment,
  manifest: ReleaseManifest | undefined,
): Promise<void> {
  const { notes, files, texts } = checking;
  if (declared === undefined) return;
  if (manifest === undefined) {
    const rules = ['contract-component-missing', 'contract-parameter-invalid', 'contract-schema-version'] as const;
    notes.leaveOpen(rules, 'no known release', name);
    return;
  }
  const faults = await faultsOf(checking, name, { ...declared, release: { manifest, digest: releaseDigest(manifest) } });
  for (const { document, ...fault } of faults) {
    const { file, line, column, pointer } = await documentPlace({ ...declared, files, texts }, { document, pointer: fault.pointer });
    notes.add({ ...fault, environment: name, file, line, column, pointer });
  }
}

async function faultsOf({ evaluator, notes }: Checking, name: string, documents: ContractDocuments): Promise<readonly ContractFault[]> {
  if (evaluator === undefined) {
    if (documents.profile.spec.parameters?.schema !== undefined)
      notes.leaveOpen(['contract-parameter-invalid'], 'nothing evaluates schemas here', name);
    return contractFaults(documents);
  }
  const resolved = await resolveProfile({ evaluator }, documents);
  return resolved.kind === 'broken' ? resolved.faults : [];
}
