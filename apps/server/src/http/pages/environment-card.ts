import { type EnvironmentStatus, html, type Html, type Promotion, type Suspension } from '@fairlead/domain';
import { blockerList } from './blocker-list.ts';
import { shortName } from './short-name.ts';
import { timeMark } from './time-mark.ts';

const marks = { ready: '✓', blocked: '✗', unknown: '?' } as const;

/** One environment: what is meant, what is there, what stands in the way, and the record that says so. */
export function environmentCard(status: EnvironmentStatus, promotion: Promotion | undefined): Html {
  const { service, environment, tier, readiness } = status;
  const open = promotion?.ended === undefined ? promotion : undefined;
  // Before the first delivery what blocks the environment is what blocks its promotion: said once.
  const blockers = status.intended === undefined && open !== undefined ? [] : readiness.blockers;
  return html`<section class="card ${readiness.verdict}" aria-label="${service}/${environment}">
    <header>
      <h2>${service}/${environment}</h2>
      <span class="state ${readiness.verdict}">${marks[readiness.verdict]} ${readiness.verdict}</span>
      <span class="soft">${tier}</span>
    </header>
    ${open === undefined ? html`` : promotionPart(open)} ${blockerList(blockers)} ${(status.suspensions ?? []).map(suspended)}
    ${status.intended === undefined && open !== undefined ? html`` : facts(status)}
  </section>`;
}

function facts(status: EnvironmentStatus): Html {
  const { readiness } = status;
  return html`<dl class="facts">
    <dt>Intended</dt>
    <dd>${intended(status)}</dd>
    <dt>Delivered</dt>
    <dd>${delivered(status)}</dd>
    <dt>Running</dt>
    <dd>${running(status)}</dd>
    <dt>Drift</dt>
    <dd>${drift(status)}</dd>
    <dt>Routes</dt>
    <dd>${routes(status)}</dd>
    <dt>Validation</dt>
    <dd>${validation(status)}</dd>
    <dt>Judged</dt>
    <dd>
      ${timeMark(readiness.asOf)}
      ${readiness.evidence === undefined ? html`` : html`<a href="/evidence/${readiness.evidence}">evidence</a>`}
    </dd>
  </dl>`;
}

function suspended({ target, reason, by, until }: Suspension): Html {
  return html`<p class="waiting">… ${target.name} on ${target.cluster} is suspended by ${by} until ${timeMark(until)}: ${reason}</p>`;
}

function promotionPart({ id, release, status, blockers }: Promotion): Html {
  return html`<p class="promotion">
      <span class="state waiting">→ ${release.version} ${status}</span> <a href="/promotions/${id}">what it changes and waits for</a>
    </p>
    ${blockerList(blockers)}`;
}

function intended({ intended: meant, shadow }: EnvironmentStatus): Html {
  if (meant === undefined && shadow !== undefined) return inShadow(shadow);
  if (meant === undefined) return html`<span class="soft">nothing promoted yet</span>`;
  return html`<a href="/promotions/${meant.promotion}"><b>${meant.version}</b></a> ${shortName(meant.release)}`;
}

/** Watched, and nothing was ever promoted there. */
function inShadow({ since, targets }: NonNullable<EnvironmentStatus['shadow']>): Html {
  return html`<span class="soft">nothing: in shadow, watched only since ${timeMark(since)}</span> ${targets.map(
      ({ target, release, reason }) =>
        html`<div class="soft">${target}: ${release === undefined ? `no known release, ${reason ?? ''}` : `runs ${release.version}`}</div>`,
    )}`;
}

function delivered({ delivered: { verdict, targets } }: EnvironmentStatus): Html {
  if (targets.length === 0) return html`<span class="soft">nothing observed yet</span>`;
  return html`${verdict}
  ${targets.map(
    ({ application, controller, revision, sync, health }) =>
      html`<div class="soft">${application}: ${sync}, ${health} at ${shortName(revision)}${byTheMerge[controller]}</div>`,
  )}`;
}

/** Whoever merges syncs, where the controller waits for nobody. */
const byTheMerge = { argocd: '', flux: '; the merge is the sync' } as const satisfies Record<
  EnvironmentStatus['delivered']['targets'][number]['controller'],
  string
>;

function running({ live }: EnvironmentStatus): Html {
  if (live.length === 0) return html`<span class="soft">not observed yet</span>`;
  const wrong = live.filter(({ match }) => !match);
  const summary = `${String(live.length - wrong.length)} of ${String(live.length)} components as released`;
  if (wrong.length === 0) return html`<span title="${live.map(({ component }) => component).join(', ')}">${summary}</span>`;
  return html`${summary}
  ${wrong.map(
    ({ component, expected, running: seen }) =>
      html`<div class="bad">
        ✗ ${component}: runs ${seen.length === 0 ? 'nothing' : seen.map(shortName)}, released ${shortName(expected)}
      </div>`,
  )}`;
}

/** Nobody who looks is not the same as nothing to see. */
function drift({ drift: seen }: EnvironmentStatus): Html {
  if (seen?.observedAt === undefined) return html`<span class="soft">not observed yet</span>`;
  const excused = seen.excused === 0 ? '' : `, ${String(seen.excused)} excused`;
  const asOf = html`<span class="soft">as of ${timeMark(seen.observedAt)}</span>`;
  if (seen.open === 0) return html`<span class="ready">✓ none</span>${excused} ${asOf}`;
  const differences = `${String(seen.open)} ${seen.open === 1 ? 'difference' : 'differences'}`;
  return html`<span class="bad">✗ ${differences}, worst: ${seen.worst ?? ''}</span>${excused} ${asOf}`;
}

function routes({ routes: checked }: EnvironmentStatus): Html {
  if (checked.length === 0) return html`<span class="soft">not asked yet</span>`;
  return html`${checked.map(({ check, verdict, at }) => html`<div>${verdictMark(verdict)} ${check} <span class="soft">${timeMark(at)}</span></div>`)}`;
}

function validation({ validation: runs }: EnvironmentStatus): Html {
  if (runs.length === 0) return html`<span class="soft">none yet</span>`;
  return html`${runs.map(
    ({ phase, attempt, verdict, evidence }) =>
      html`<div>
        ${verdictMark(verdict)} ${phase} <span class="soft">attempt ${attempt}</span>
        ${evidence === undefined ? html`` : html`<a href="/evidence/${evidence}" aria-label="evidence of ${phase}">evidence</a>`}
      </div>`,
  )}`;
}

/** The word stands beside the mark: colour and sign alone are not for everybody. */
function verdictMark(verdict: string): Html {
  if (verdict === 'passed') return html`<span class="ready">✓ passed</span>`;
  return html`<span class="${verdict === 'requested' ? 'waiting' : 'bad'}">${verdict === 'requested' ? '…' : '✗'} ${verdict}</span>`;
}
