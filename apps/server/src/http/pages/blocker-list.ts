import { type Blocker, html, type Html } from '@fairlead/domain';
import { timeMark } from './time-mark.ts';

/** Why it isn't further, who can change that, and how. */
export function blockerList(blockers: readonly Blocker[]): Html {
  if (blockers.length === 0) return html``;
  return html`<ul class="blockers">
    ${blockers.map(
      ({ gate, message, since, expected, observed, fix, who }) =>
        html`<li>
          <p><b>${gate}</b> ${message}</p>
          <dl>
            <dt>Expected</dt>
            <dd>${expected}${observed === undefined ? '' : `, observed: ${observed}`}</dd>
            <dt>Can act</dt>
            <dd>${who.join(', ')}</dd>
            <dt>Fix</dt>
            <dd>${fix}</dd>
            <dt>Since</dt>
            <dd>${timeMark(since)}</dd>
          </dl>
        </li>`,
    )}
  </ul>`;
}
