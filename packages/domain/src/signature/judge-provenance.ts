import type { CommitSha } from '../desired-state/commit-sha.ts';
import { sameRepository } from '../service/same-repository.ts';
import { fitsIdentity } from './identity-pattern.ts';
import type { ProvenanceDemand } from './provenance-demand.ts';
import type { Provenance, ProvenanceSource } from './slsa-provenance.ts';

/** What the release says of its own source: provenance has to agree. */
export interface ReleaseSource {
  readonly repository: string;
  readonly commit: CommitSha;
  /** Where a release's commit must be on, where the demand names no refs. */
  readonly refs: readonly string[];
}

/** Why the provenance isn't what is demanded, each reason as a clause; empty: it is. */
export function judgeProvenance(provenance: Provenance, demand: ProvenanceDemand, release: ReleaseSource): readonly string[] {
  const { builder, sources } = provenance;
  const ofBuilder = demand.builders.some((pattern) => fitsIdentity(pattern, builder))
    ? []
    : [`it was built by ${builder === '' ? 'nobody that it names' : builder}, and the policy knows ${demand.builders.join(', ')}`];
  if (sources.length === 0) return [...ofBuilder, 'it names no source'];
  const judged = sources.map((source) => judgeSource(source, demand, release));
  // A builder that names several sources was told all of them: any that disagrees is one too many.
  return [...ofBuilder, ...new Set(judged.flat())];
}

function judgeSource(source: ProvenanceSource, demand: ProvenanceDemand, release: ReleaseSource): readonly string[] {
  const repository = demand.repository ?? release.repository;
  const refs = demand.refs ?? release.refs;
  const reasons: string[] = [];
  if (!sameRepository(source.repository, repository)) reasons.push(`it was built from ${source.repository}, not from ${repository}`);
  if (source.ref === undefined) {
    // That the release's own commit is on an allowed ref is judged with the release.
    if (demand.refs !== undefined) reasons.push(`it names no ref, and the policy asks for ${refs.join(', ')}`);
  } else if (!refs.some((ref) => ref === source.ref)) {
    reasons.push(`it was built from ${source.ref}, not from ${refs.join(', ')}`);
  }
  if (source.commit === undefined) reasons.push('it names no commit');
  else if (source.commit !== release.commit)
    reasons.push(`it was built from commit ${source.commit}, and the release from ${release.commit}`);
  return reasons;
}
