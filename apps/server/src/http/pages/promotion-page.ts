import type { Promotion } from '@fairlead/domain';
import type { Explained, StoredRecord } from '@fairlead/engine';
import { html } from './html.ts';
import { page } from './layout.ts';
import { blockerList } from './status-page.ts';

export interface PromotionView {
  readonly promotion: Promotion;
  readonly explained: Explained;
  readonly summary: string;
  readonly records: readonly StoredRecord[];
}

/** What blocks it first, then what happened, what it changes, and the records of it. */
export function promotionPage({ promotion, explained, summary, records }: PromotionView): string {
  const { id, release, environment, status, requestedBy } = promotion;
  const body = html`<h1>${release.version} to ${environment}: ${status}</h1>
    <p class="soft"><code>${id}</code>, requested by ${requestedBy.id}</p>
    <p>${explained.summary}</p>
    ${blockerList(explained.blockers)}
    <h2>Steps</h2>
    <ol>
      ${explained.steps.map(({ at, what }) => html`<li><time datetime="${at}">${at}</time> ${what}</li>`)}
    </ol>
    <h2>Plan</h2>
    <pre>${summary}</pre>
    <h2>Evidence</h2>
    <ul>
      ${records.map(
        ({ digest, type, at }) =>
          html`<li>
            ${at} ${type} <a href="/evidence/${digest}"><code>${digest.slice(0, 19)}…</code></a>
          </li>`,
      )}
    </ul>`;
  return page(`${release.version} to ${environment}`, body, promotion.ended === undefined ? 2 : undefined);
}
