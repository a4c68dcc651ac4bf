import { controlGaps } from '../control/control-gaps.ts';
import { criterion, type AdoptionCriterion } from './adoption-criterion.ts';
import type { AdoptionEvidence, AdoptionEvidenceType } from './adoption-evidence.ts';
import type { AdoptionFacts, InputChange, SecretCount } from './adoption-facts.ts';

/** The numbers of the decision that Fairlead follows. */
export const adoptionNumbers = { changes: 10, parityRuns: 10, parityDays: 7, stagingDays: 14, driftDays: 30 } as const;

export interface JudgedAdoption {
  /** What has to hold to leave `hold`. */
  readonly leaving: readonly AdoptionCriterion[];
  /** What has to hold before anything advances. */
  readonly start: readonly AdoptionCriterion[];
}

/** How an environment in `hold` stands to leaving it. Pure: the same facts at the same time give the same words. */
export function judgeAdoption(facts: AdoptionFacts, now: Date): JudgedAdoption {
  return {
    leaving: [
      references('release-references', facts.changes, 'changes of the environment'),
      driftDetected('drift-detected', facts.evidence, { now, withBaseline: false }),
      stagingContract('staging-stable', facts.staging, now),
    ],
    start: [
      runtimeParity(facts.evidence, now),
      stagingContract('staging-contract', facts.staging, now),
      references(
        'image-references',
        facts.changes.filter(({ changesImages }) => changesImages),
        'image changes',
      ),
      driftDetected('drift-matched', facts.evidence, { now, withBaseline: true }),
      noSecrets(facts.secrets),
      controlsEquivalent(facts.controls),
    ],
  };
}

function references(id: string, changes: readonly InputChange[], what: string): AdoptionCriterion {
  const wanted = adoptionNumbers.changes;
  const last = changes.slice(0, wanted);
  const without = last.filter(({ changesReference }) => !changesReference);
  const named = without.slice(0, 3).map(({ commit, subject }) => `${commit.slice(0, 12)} ${subject}`);
  const more = without.length > named.length ? ` and ${String(without.length - named.length)} more` : '';
  return criterion(
    { id, demands: `the last ${String(wanted)} ${what} each came with a release reference` },
    {
      evidence: last.length === 0 ? [] : [`${String(last.length - without.length)} of the last ${String(last.length)} did`],
      missing: [
        ...(last.length < wanted
          ? [`there are only ${String(last.length)} ${what} so far: ${String(wanted - last.length)} more are needed`]
          : []),
        ...(without.length > 0 ? [`without one: ${named.join('; ')}${more}: make them by fairlead promote --offline`] : []),
      ],
    },
  );
}

interface DriftAsked {
  readonly now: Date;
  readonly withBaseline: boolean;
}

function driftDetected(id: string, evidence: readonly AdoptionEvidence[], { now, withBaseline }: DriftAsked): AdoptionCriterion {
  const days = adoptionNumbers.driftDays;
  const young = evidence.filter(({ at, verdict }) => verdict === 'passed' && ageDays(at, now) <= days);
  const wanted = [
    [
      'image-drift',
      `no image drift was detected within ${String(days)} days: change an image by hand in a drill, and keep drift scan -o json`,
    ],
    [
      'config-drift',
      `no config drift was detected within ${String(days)} days: change a field by hand in a drill, and keep drift scan -o json`,
    ],
    ...(withBaseline
      ? [['drift-baseline', 'no comparison with what validation finds today agreed: keep that of fairlead drift compare'] as const]
      : []),
  ] as const;
  const found = (type: AdoptionEvidenceType): AdoptionEvidence | undefined => newest(young.filter((one) => one.type === type));
  const matched = withBaseline ? ', and what was found agrees with the validation of today' : '';
  return criterion(
    { id, demands: `a live image and a config drift were detected${matched}` },
    {
      evidence: wanted.flatMap(([type]) => told(found(type))),
      missing: wanted.flatMap(([type, missing]) => (found(type) === undefined ? [missing] : [])),
    },
  );
}

/** Looked at on each day or nearly, and green each time. */
function stagingContract(id: string, staging: readonly AdoptionEvidence[], now: Date): AdoptionCriterion {
  const days = adoptionNumbers.stagingDays;
  const looks = sorted(staging.filter(({ type }) => type === 'staging-contract'));
  const failed = looks.findIndex(({ verdict }) => verdict === 'failed');
  const green = failed < 0 ? looks : looks.slice(0, failed);
  const gap = green.findIndex(({ at }, index) => (index === 0 ? ageDays(at, now) : daysBetween(at, green[index - 1]?.at ?? at)) > 2);
  const run = gap < 0 ? green : green.slice(0, gap);
  const first = run.at(-1);
  const since = first === undefined ? 0 : Math.floor(ageDays(first.at, now));
  return criterion(
    { id, demands: `the contract of staging was satisfied ${String(days)} days running` },
    {
      evidence: first === undefined ? [] : [`green since ${first.at}, ${String(run.length)} looks`],
      missing:
        since >= days
          ? []
          : [
              `${String(since)} of ${String(days)} days: let CI write evidence of type staging-contract each day, as fairlead profile resolve and check end`,
              ...(failed >= 0 && since < days ? [`it failed at ${looks[failed]?.at ?? ''}`] : []),
            ],
    },
  );
}

function runtimeParity(evidence: readonly AdoptionEvidence[], now: Date): AdoptionCriterion {
  const { parityRuns, parityDays } = adoptionNumbers;
  const last = sorted(evidence.filter(({ type }) => type === 'live-digests')).slice(0, parityRuns);
  const failed = last.filter(({ verdict }) => verdict === 'failed');
  const [first] = last;
  return criterion(
    { id: 'runtime-parity', demands: `the last ${String(parityRuns)} comparisons of what runs with the release passed` },
    {
      evidence: told(first),
      missing: [
        ...(last.length < parityRuns
          ? [`${String(last.length)} of ${String(parityRuns)} comparisons are there: keep each as type live-digests`]
          : []),
        ...(failed.length > 0 ? [`failed at ${failed.map(({ at }) => at).join(', ')}`] : []),
        ...(first !== undefined && ageDays(first.at, now) > parityDays ? [`the newest is older than ${String(parityDays)} days`] : []),
      ],
    },
  );
}

function noSecrets({ tree, history }: AdoptionFacts['secrets']): AdoptionCriterion {
  const places = [
    ['the files', tree],
    ['their past', history],
  ] as const;
  return criterion(
    { id: 'no-secrets', demands: 'no secret stands in the files that the environment reads, nor in their past' },
    {
      evidence: places.flatMap(([where, count]) => (count.kind === 'counted' && count.found === 0 ? [`none in ${where}`] : [])),
      missing: places.flatMap(([where, count]) => secretGap(where, count)),
    },
  );
}

function secretGap(where: string, count: SecretCount): readonly string[] {
  if (count.kind === 'unknown') return [`${where} could not be searched: ${count.because}`];
  return count.found === 0 ? [] : [`${String(count.found)} in ${where}: see fairlead check, change the values, and keep them elsewhere`];
}

function controlsEquivalent(controls: AdoptionFacts['controls']): AdoptionCriterion {
  const open = controls.filter((control) => controlGaps(control).length > 0);
  return criterion(
    { id: 'controls-equivalent', demands: 'every control of today has an equivalent that another person has reviewed' },
    {
      evidence: controls.length === 0 ? [] : [`${String(controls.length - open.length)} of ${String(controls.length)} controls`],
      missing: [
        ...(controls.length === 0 ? ['no register says which controls there are: fairlead init writes one'] : []),
        ...(open.length > 0 ? [`${open.map(({ name }) => name).join(', ')}: see fairlead control list`] : []),
      ],
    },
  );
}

const dayMs = 86_400_000;

function ageDays(at: string, now: Date): number {
  return (now.getTime() - new Date(at).getTime()) / dayMs;
}

function daysBetween(one: string, other: string): number {
  return Math.abs(new Date(one).getTime() - new Date(other).getTime()) / dayMs;
}

function sorted(evidence: readonly AdoptionEvidence[]): readonly AdoptionEvidence[] {
  return evidence.toSorted((one, other) => new Date(other.at).getTime() - new Date(one.at).getTime());
}

function newest(evidence: readonly AdoptionEvidence[]): AdoptionEvidence | undefined {
  return sorted(evidence)[0];
}

function told(evidence: AdoptionEvidence | undefined): readonly string[] {
  return evidence === undefined
    ? []
    : [`${evidence.type} ${evidence.verdict} at ${evidence.at}${evidence.source === undefined ? '' : ` (${evidence.source})`}`];
}
