import { z } from 'zod';
import { DriftReport } from '../drift/drift-report.ts';

/** `live-digests`: what runs was compared with the release. `staging-contract`: the profile of staging was held to. `drift-baseline`: our drift report was
 *  compared with what validation finds today. `image-drift`, `config-drift`: one was detected (`passed`) or missed (`failed`), in earnest or as a drill. */
export const AdoptionEvidenceType = z.enum(['live-digests', 'staging-contract', 'drift-baseline', 'image-drift', 'config-drift']);
export type AdoptionEvidenceType = z.infer<typeof AdoptionEvidenceType>;

/** What a script has found out, as it writes it to `evidence/*.json`. */
export const AdoptionEvidence = z
  .object({
    kind: z.literal('AdoptionEvidence'),
    type: AdoptionEvidenceType,
    /** `service/environment`. */
    environment: z.string().min(1),
    at: z.iso.datetime(),
    verdict: z.enum(['passed', 'failed']),
    /** Where it can be looked up. */
    source: z.string().exactOptional(),
  })
  .readonly();
export type AdoptionEvidence = z.infer<typeof AdoptionEvidence>;

const DriftSummary = DriftReport.unwrap().pick({ kind: true, environment: true, observedAt: true, summary: true });

const One = z.union([
  AdoptionEvidence.transform((evidence): readonly AdoptionEvidence[] => [evidence]),
  DriftSummary.transform((report) => fromDrift(report)),
]);
const Many = z.union([
  One,
  z.array(One).transform((all) => all.flat()),
  z.object({ items: z.array(One) }).transform(({ items }) => items.flat()),
]);

/** The evidence in a file: ours, or a drift report as `drift scan -o json` prints it. `undefined`: it holds neither. */
export function readAdoptionEvidence(value: unknown): readonly AdoptionEvidence[] | undefined {
  const read = Many.safeParse(value);
  return read.success ? read.data : undefined;
}

function fromDrift({ environment, observedAt, summary }: z.infer<typeof DriftSummary>): readonly AdoptionEvidence[] {
  const found = (type: AdoptionEvidenceType): AdoptionEvidence => {
    return { kind: 'AdoptionEvidence', type, environment, at: observedAt, verdict: 'passed', source: 'DriftReport' };
  };
  return [
    ...(summary.image > 0 ? [found('image-drift')] : []),
    ...(summary.config + summary.replicas + summary.security > 0 ? [found('config-drift')] : []),
  ];
}
