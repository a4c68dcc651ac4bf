import { type EnvironmentStatus, html, type Html, type Problem, type Promotion } from '@fairlead/domain';
import { environmentCard } from './environment-card.ts';
import { page } from './layout.ts';
import { timeMark } from './time-mark.ts';

export interface StatusView {
  readonly asOf: string;
  readonly user: string;
  readonly environments: readonly EnvironmentStatus[];
  readonly promotions: readonly Promotion[];
  /** Of documents that don't read: their services are not among the environments. */
  readonly problems: readonly Problem[];
}

/** Environments with what is meant, what is there and what stands in the way. Asks again every two seconds. */
export function statusPage({ asOf, user, environments, promotions, problems }: StatusView): string {
  const cards = environments.map((status) =>
    environmentCard(
      status,
      promotions.find(({ id }) => id === status.promotion?.id),
    ),
  );
  const body = html`<h1>Environments</h1>
    <p class="soft">${counts(environments)} · as of ${timeMark(asOf)} · signed in as ${user}</p>
    ${problemList(problems)} ${environments.length === 0 ? nothingDeclared : html`<div class="cards">${cards}</div>`}`;
  return page('Environments', body, 2);
}

const nothingDeclared = html`<p>
  No environment is declared. A service root is a folder with <code>.fairlead/service.yaml</code>, in a repository that the server was
  started with: <code>fairlead server --repository NAME=URL</code>.
</p>`;

function counts(environments: readonly EnvironmentStatus[]): string {
  const states = ['ready', 'blocked', 'unknown'] as const;
  const counted = states.map((state) => [state, environments.filter(({ readiness }) => readiness.verdict === state).length] as const);
  const shown = counted.filter(([, count]) => count > 0).map(([state, count]) => `${String(count)} ${state}`);
  return shown.length === 0 ? 'none' : shown.join(', ');
}

function problemList(problems: readonly Problem[]): Html {
  if (problems.length === 0) return html``;
  return html`<section class="card blocked" aria-label="documents that do not read">
    <h2>Documents that do not read</h2>
    <p class="soft">Their services are not shown. Repair them on the protected branch; <code>fairlead check</code> shows all problems.</p>
    <ul>
      ${problems.map(({ file, line, message }) => html`<li><code>${file}:${line}</code> ${message}</li>`)}
    </ul>
  </section>`;
}
