import { checkKind, durationMs, type CheckResult, type ValidationCheck, type ValidationPhase, type ValidationRun } from '@fairlead/domain';
import { observeLive } from '../environment/observe-live.ts';
import type { PromotionContext } from '../promotion/promotion-context.ts';

type Checked = Pick<PromotionContext, 'ports' | 'promotion' | 'configuration'>;

interface Due {
  readonly phase: ValidationPhase;
  readonly run: ValidationRun;
}

/** Runs the phase's checks one after the other and says whether all passed. A failed check never hides the next. */
export async function runPhase(context: Checked, { phase, run }: Due): Promise<ValidationRun> {
  const { ports, configuration } = context;
  const checks: CheckResult[] = [];
  for (const check of phase.spec.checks) checks.push(await runCheck(context, phase, check));
  const validForMs = phase.spec.validFor === undefined ? configuration.policy.validationValidForMs : durationMs(phase.spec.validFor);
  const finishedAt = ports.clock.now();
  const passed = checks.length > 0 && checks.every(({ verdict }) => verdict === 'passed');
  return {
    ...run,
    status: passed ? 'passed' : 'failed',
    finishedAt: finishedAt.toISOString(),
    ...(passed ? { validUntil: new Date(finishedAt.getTime() + validForMs).toISOString() } : {}),
    checks,
  };
}

async function runCheck(context: Checked, phase: ValidationPhase, check: ValidationCheck): Promise<CheckResult> {
  const of = checkKind(check);
  if (of.kind === 'liveDigests') return liveDigestsCheck(context, check.name);
  const { url, status, bodyIncludes, maxLatencyMs } = of.http;
  const address = url[context.configuration.environment.metadata.name];
  if (address === undefined) {
    return {
      name: check.name,
      kind: 'http',
      verdict: 'error',
      expected: 'an address',
      observed: 'no address for this environment',
      durationMs: 0,
    };
  }
  return context.ports.http.check(
    {
      name: check.name,
      url: address,
      status,
      ...(bodyIncludes === undefined ? {} : { bodyIncludes }),
      ...(maxLatencyMs === undefined ? {} : { maxLatencyMs }),
    },
    durationMs(phase.spec.timeout),
  );
}

async function liveDigestsCheck(context: Checked, name: string): Promise<CheckResult> {
  const started = context.ports.clock.now();
  const { verdict, problems } = await observeLive(context);
  return {
    name,
    kind: 'liveDigests',
    verdict,
    expected: "running digests equal the release's",
    observed: verdict === 'passed' ? 'all equal' : problems.slice(0, 5).join('; '),
    durationMs: context.ports.clock.now().getTime() - started.getTime(),
  };
}
