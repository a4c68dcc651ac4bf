import { html, recordedEvidence } from '@fairlead/domain';
import type { StoredRecord } from '@fairlead/engine';
import { page } from './layout.ts';
import { timeMark } from './time-mark.ts';

/** One record: what it says, its place in the log, and the signed bytes as they are stored. */
export function evidencePage(record: StoredRecord): string {
  const { digest, type, at, index, bundle, promotion, environment } = record;
  const body = html`<h1>${type}</h1>
    <dl class="facts">
      <dt>Record</dt>
      <dd><code>${digest}</code></dd>
      <dt>At</dt>
      <dd>${timeMark(at)}</dd>
      <dt>Of</dt>
      <dd>
        ${environment ?? 'no environment'} ${promotion === undefined ? html`` : html`<a href="/promotions/${promotion}">${promotion}</a>`}
      </dd>
      <dt>In the log</dt>
      <dd>${index === undefined ? 'not yet' : `entry ${String(index)}`}</dd>
    </dl>
    <h2>What it says</h2>
    <pre tabindex="0">${JSON.stringify(recordedEvidence(bundle).body, undefined, 2)}</pre>
    <details>
      <summary>As signed (Sigstore bundle, as stored)</summary>
      <pre class="wrap" tabindex="0">${Buffer.from(bundle).toString('utf8')}</pre>
    </details>`;
  return page(type, body);
}
