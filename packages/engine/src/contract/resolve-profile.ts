import {
  contractDigest,
  contractFaults,
  contractParameters,
  parameterFault,
  resolveContract,
  type ContractDocuments,
  type ContractFault,
  type Digest,
  type JsonObject,
  type ProfileContract,
} from '@fairlead/domain';
import type { Evaluator } from '../ports/evaluator.ts';

export type ResolvedProfile =
  | { readonly kind: 'resolved'; readonly contract: ProfileContract; readonly digest: Digest }
  /** Everything that keeps the release from the environment. */
  | { readonly kind: 'broken'; readonly faults: readonly ContractFault[] };

/** Resolves a profile for one environment and one release to plain values; the same documents give the same bytes. */
export async function resolveProfile(
  { evaluator }: { readonly evaluator: Evaluator },
  documents: ContractDocuments,
): Promise<ResolvedProfile> {
  const parameters = await judgeParameters(evaluator, documents);
  const faults = [...contractFaults(documents), ...parameters.faults];
  if (faults.length > 0) return { kind: 'broken', faults };
  const contract = resolveContract(documents, parameters.value);
  return { kind: 'resolved', contract, digest: contractDigest(contract) };
}

interface JudgedParameters {
  readonly value: JsonObject;
  readonly faults: readonly ContractFault[];
}

async function judgeParameters(evaluator: Evaluator, documents: ContractDocuments): Promise<JudgedParameters> {
  const value = contractParameters(documents);
  const schema = documents.profile.spec.parameters?.schema;
  if (schema === undefined) return { value, faults: [] };
  const verdict = await evaluator.validate(schema, value);
  const unusable = (message: string): JudgedParameters => ({
    value,
    faults: [parameterFault(documents, { pointer: '', message })],
  });
  switch (verdict.kind) {
    case 'valid':
      return { value: verdict.value, faults: [] };
    case 'invalid':
      return { value, faults: verdict.faults.map((fault) => parameterFault(documents, fault)) };
    case 'unusable':
      return unusable(`their schema can't be used: ${verdict.message}`);
    case 'exhausted':
      return unusable(`judging them by their schema took more than ${verdict.limit}`);
  }
}
