import { html, type Html, type Plan, type Promotion } from '@fairlead/domain';
import type { Explained, StoredRecord } from '@fairlead/engine';
import { blockerList } from './blocker-list.ts';
import { page } from './layout.ts';
import { planPart } from './plan-part.ts';
import { shortName } from './short-name.ts';
import { timeMark } from './time-mark.ts';

export interface PromotionView {
  readonly promotion: Promotion;
  readonly explained: Explained;
  readonly plan: Plan;
  readonly records: readonly StoredRecord[];
}

/** What blocks it first, then what it changes, what happened, and the records of it. */
export function promotionPage({ promotion, explained, plan, records }: PromotionView): string {
  const { id, release, environment, status, requestedBy, requestedAt } = promotion;
  const body = html`<h1>${release.version} to ${environment}</h1>
    <p><span class="state ${stateClass(promotion)}">${status}</span> ${explained.summary}</p>
    <p class="soft"><code>${id}</code>, requested by ${requestedBy.id} at ${timeMark(requestedAt)}</p>
    ${blockerList(explained.blockers)} ${planPart(plan)} ${steps(explained)} ${evidence(records)}`;
  return page(`${release.version} to ${environment}`, body, refreshSeconds(promotion));
}

/** Often while Fairlead is at work. While people are, they read: each time closes what they opened. */
function refreshSeconds({ ended, blockers }: Promotion): number | undefined {
  if (ended !== undefined) return undefined;
  return blockers.length === 0 ? 2 : 30;
}

function stateClass({ status, ended, blockers }: Promotion): string {
  if (ended !== undefined) return status === 'ready' ? 'ready' : 'blocked';
  return blockers.length > 0 ? 'waiting' : 'unknown';
}

function steps({ steps: taken }: Explained): Html {
  return html`<h2>What happened</h2>
    <ol class="steps">
      ${taken.map(({ at, what }) => html`<li>${timeMark(at)} ${what}</li>`)}
    </ol>`;
}

function evidence(records: readonly StoredRecord[]): Html {
  return html`<h2>Evidence</h2>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">At</th>
            <th scope="col">Record</th>
            <th scope="col">In the log</th>
          </tr>
        </thead>
        <tbody>
          ${records.map(
            ({ digest, type, at, index }) =>
              html`<tr>
                <td>${timeMark(at)}</td>
                <td><a href="/evidence/${digest}">${type}</a> ${shortName(digest)}</td>
                <td>${index === undefined ? 'not yet' : `entry ${String(index)}`}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}
