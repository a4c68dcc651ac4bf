import type { Blocker, EnvironmentStatus, Promotion } from '@fairlead/domain';
import { html, type Html } from './html.ts';
import { page } from './layout.ts';

export interface StatusView {
  readonly asOf: string;
  readonly user: string;
  readonly environments: readonly EnvironmentStatus[];
  readonly promotions: readonly Promotion[];
}

/** Environments with what is meant, what is there and what stands in the way. Asks again every two seconds. */
export function statusPage({ asOf, user, environments, promotions }: StatusView): string {
  const empty = html`<p>
    No environment is declared. A service root is a folder with <code>.fairlead/service.yaml</code>: <code>fairlead init</code>.
  </p>`;
  const cards = environments.map((status) =>
    card(
      status,
      promotions.find(({ id }) => id === status.promotion?.id),
    ),
  );
  const body = html`<h1>Environments</h1>
    <p class="soft">As of <time datetime="${asOf}">${asOf}</time>, signed in as ${user}</p>
    ${environments.length === 0 ? empty : html`<div class="cards">${cards}</div>`}`;
  return page('Environments', body, 2);
}

const marks = { ready: '✓', blocked: '✗', unknown: '?' } as const;

function card(status: EnvironmentStatus, promotion: Promotion | undefined): Html {
  const { service, environment, tier, readiness, intended, live } = status;
  const open = promotion !== undefined && promotion.ended === undefined ? promotion : undefined;
  return html`<section class="card" aria-label="${service}/${environment}">
    <header>
      <h2>${service}/${environment}</h2>
      <span class="state ${readiness.verdict}">${marks[readiness.verdict]} ${readiness.verdict}</span>
      <span class="soft">${tier}</span>
    </header>
    <dl>
      <dt>Intended</dt>
      <dd>${intended === undefined ? 'nothing promoted yet' : html`<b>${intended.version}</b> <code>${intended.release}</code>`}</dd>
      <dt>Delivered</dt>
      <dd>${delivered(status)}</dd>
      <dt>Running</dt>
      <dd>
        ${live.length === 0 ? 'not observed yet' : `${String(live.filter(({ match }) => match).length)} of ${String(live.length)} components as released`}
      </dd>
      <dt>Judged</dt>
      <dd>
        <time datetime="${readiness.asOf}">${readiness.asOf}</time>
        ${readiness.evidence === undefined ? html`` : html`· <a href="/evidence/${readiness.evidence}">evidence</a>`}
      </dd>
    </dl>
    ${open === undefined ? html`` : promotionPart(open)} ${blockerList(readiness.blockers)} ${validationTable(status)}
  </section>`;
}

function delivered({ delivered: { verdict, targets } }: EnvironmentStatus): Html {
  if (targets.length === 0) return html`nothing observed yet`;
  return html`${verdict}
  ${targets.map(
    ({ application, revision, sync, health }) =>
      html`<div class="soft">${application}: ${sync}, ${health} at <code>${revision.slice(0, 12)}</code></div>`,
  )}`;
}

function promotionPart({ id, release, status, blockers }: Promotion): Html {
  return html`<p class="state waiting">→ promoting ${release.version}: ${status} · <a href="/promotions/${id}">${id}</a></p>
    ${blockerList(blockers)}`;
}

export function blockerList(blockers: readonly Blocker[]): Html {
  if (blockers.length === 0) return html``;
  return html`<ul class="blockers">
    ${blockers.map(
      ({ gate, message, since, fix, who }) =>
        html`<li>
          <b>${gate}</b>: ${message}
          <div class="soft">since ${since}, can act: ${who.join(', ')}</div>
          <div class="fix">${fix}</div>
        </li>`,
    )}
  </ul>`;
}

function validationTable({ validation }: EnvironmentStatus): Html {
  if (validation.length === 0) return html``;
  return html`<table>
    <thead>
      <tr>
        <th scope="col">Validation phase</th>
        <th scope="col">Attempt</th>
        <th scope="col">Verdict</th>
        <th scope="col">At</th>
        <th scope="col">Evidence</th>
      </tr>
    </thead>
    <tbody>
      ${validation.map(
        ({ phase, attempt, verdict, at, evidence }) =>
          html`<tr>
            <td>${phase}</td>
            <td>${attempt}</td>
            <td>${verdict}</td>
            <td>${at}</td>
            <td>${evidence === undefined ? '–' : html`<a href="/evidence/${evidence}">record</a>`}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
