import type { CoverageGap } from '../drift/watch-coverage.ts';

/** A time in which nobody saw the target, and why. */
export interface UnobservedSpan {
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

/** One kind in one namespace that could not be looked at for a part of the period. */
export interface GapSpan extends Pick<CoverageGap, 'group' | 'kind' | 'namespace'>, UnobservedSpan {}

/** What was and wasn't seen of one target from `since` to `until`. */
export interface CoveragePeriod {
  readonly since: string;
  readonly until: string;
  readonly unobserved: readonly UnobservedSpan[];
  readonly gaps: readonly GapSpan[];
}

/** How a target stands at one moment. */
export interface CoverageSample {
  readonly at: string;
  /** As of when all that is stored of it is true; absent before the first time. */
  readonly freshAt?: string;
  /** Why nothing is compared. */
  readonly problem?: string;
  readonly gaps: readonly CoverageGap[];
}

/** Who looks every few seconds may be late twice. */
const lateMs = 20_000;
/** A target that comes and goes all the time is not told of in megabytes: further ones are joined to the last. */
const mostSpans = 100;

/** Begins where the account before ended; what lies between is unobserved. */
export function beginCoverage(at: string, before: { readonly until: string; readonly reason: string } | undefined): CoveragePeriod {
  if (before === undefined || before.until >= at) return { since: at, until: at, unobserved: [], gaps: [] };
  return { since: before.until, until: at, unobserved: [{ from: before.until, to: at, reason: before.reason }], gaps: [] };
}

/** The period as it is after one more look. Looks come in the order of time; an earlier one changes nothing. */
export function extendCoverage(period: CoveragePeriod, sample: CoverageSample): CoveragePeriod {
  const { at } = sample;
  if (at <= period.until) return period;
  return {
    since: period.since,
    until: at,
    unobserved: withSilence(period, sample),
    gaps: withGaps(period, sample),
  };
}

/** The next period begins where this one ends. */
export function nextCoverage({ until }: CoveragePeriod): CoveragePeriod {
  return { since: until, until, unobserved: [], gaps: [] };
}

function withSilence({ since, until, unobserved }: CoveragePeriod, sample: CoverageSample): readonly UnobservedSpan[] {
  const { at, freshAt, problem } = sample;
  // Who looks, and has nothing to compare with, sees nothing, however often.
  if (problem !== undefined) return joined(unobserved, { from: until, to: at, reason: problem });
  if (freshAt !== undefined && Date.parse(at) - Date.parse(freshAt) <= lateMs) return unobserved;
  const from = freshAt !== undefined && freshAt > since ? freshAt : since;
  return joined(unobserved, { from, to: at, reason: silence(freshAt) });
}

function silence(freshAt: string | undefined): string {
  return freshAt === undefined ? 'never looked at' : 'nothing was heard of it';
}

function joined(spans: readonly UnobservedSpan[], span: UnobservedSpan): readonly UnobservedSpan[] {
  const last = spans.at(-1);
  if (last === undefined) return [span];
  const goesOn = last.to >= span.from && last.reason === span.reason;
  if (goesOn || spans.length >= mostSpans) return [...spans.slice(0, -1), { ...last, to: span.to }];
  return [...spans, { ...span, from: last.to > span.from ? last.to : span.from }];
}

function withGaps({ until, gaps }: CoveragePeriod, sample: CoverageSample): readonly GapSpan[] {
  const now = new Map(sample.gaps.map((gap) => [placeOf(gap), gap]));
  const extended = gaps.map((span) =>
    span.to === until && now.get(placeOf(span))?.reason === span.reason ? { ...span, to: sample.at } : span,
  );
  const known = new Set(extended.filter(({ to }) => to === sample.at).map(placeOf));
  const fresh = [...now].filter(([place]) => !known.has(place)).map(([, gap]) => gapSpan(gap, { from: until, to: sample.at }));
  return [...extended, ...fresh.slice(0, Math.max(0, mostSpans - extended.length))];
}

function gapSpan({ group, kind, namespace, reason }: CoverageGap, { from, to }: { readonly from: string; readonly to: string }): GapSpan {
  return { group, kind, ...(namespace === undefined ? {} : { namespace }), from, to, reason };
}

function placeOf({ group, kind, namespace }: Pick<CoverageGap, 'group' | 'kind' | 'namespace'>): string {
  return `${group}/${kind}/${namespace ?? ''}`;
}
