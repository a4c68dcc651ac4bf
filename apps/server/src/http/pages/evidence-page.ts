import { recordedEvidence } from '@fairlead/domain';
import type { StoredRecord } from '@fairlead/engine';
import { html } from './html.ts';
import { page } from './layout.ts';

/** One record: what it says, its place in the log, and the signed bytes as they are stored. */
export function evidencePage(record: StoredRecord): string {
  const { digest, type, at, index, bundle } = record;
  const body = html`<h1>${type}</h1>
    <dl>
      <dt>Record</dt>
      <dd><code>${digest}</code></dd>
      <dt>At</dt>
      <dd>${at}</dd>
      <dt>In the log</dt>
      <dd>${index === undefined ? 'not yet' : `entry ${String(index)}`}</dd>
    </dl>
    <h2>What it says</h2>
    <pre>${JSON.stringify(recordedEvidence(bundle).body, undefined, 2)}</pre>
    <h2>As signed</h2>
    <pre>${Buffer.from(bundle).toString('utf8')}</pre>`;
  return page(type, body);
}
