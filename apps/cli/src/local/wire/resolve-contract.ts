import { threadEvaluator } from '@fairlead/adapters/evaluator';
import type { Digest, ProfileContract, ReleaseManifest } from '@fairlead/domain';
import { documentPlace, resolveProfile, TextFiles, type FoundEnvironment, type PathTree } from '@fairlead/engine';

export type ResolvedContract =
  | { readonly kind: 'resolved'; readonly contract: ProfileContract; readonly digest: Digest }
  | { readonly kind: 'broken'; readonly faults: readonly LocatedFault[] };

export interface NamedManifest {
  readonly manifest: ReleaseManifest;
  readonly digest: Digest;
}

interface LocatedFault {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
  readonly message: string;
  readonly fix: string;
}

/** A declared environment's contract with a release; what keeps them apart with its place. */
export async function resolveContractOf(
  files: PathTree,
  { declared }: Required<FoundEnvironment>,
  release: NamedManifest,
): Promise<ResolvedContract> {
  await using evaluator = threadEvaluator();
  const resolved = await resolveProfile({ evaluator }, { ...declared, release });
  if (resolved.kind === 'resolved') return resolved;
  const documents = { ...declared, files, texts: new TextFiles(files) };
  const faults: LocatedFault[] = [];
  for (const fault of resolved.faults) {
    const { file, line } = await documentPlace(documents, fault);
    faults.push({ file, line, rule: fault.rule, message: fault.message, fix: fault.fix });
  }
  return { kind: 'broken', faults };
}
