import { changeLines, html, type Html, objectName, unprovenText, type Plan } from '@fairlead/domain';
import { shortName } from './short-name.ts';

/** What a promotion changes: the risk first, then images, deletions, objects and files. */
export function planPart({ release, before, after, risk, images, removes, changes, edits, base, unproven = [] }: Plan): Html {
  const files = [...new Set(edits.map(({ path }) => path))].toSorted();
  const rendered =
    before === 'absent' ? `${String(after.objects)} objects, new` : `${String(before.objects)} → ${String(after.objects)} objects`;
  return html`<h2>What it changes</h2>
    <dl class="facts">
      <dt>Release</dt>
      <dd><b>${release.version}</b> ${shortName(release.digest)}, built from ${shortName(release.commit)}</dd>
      <dt>Rendered</dt>
      <dd>${rendered}, on top of ${shortName(base)}</dd>
      <dt>Risk</dt>
      <dd>${risk.level}${risk.reasons.map(({ level, text }) => html`<div class="soft">${level}: ${text}</div>`)}</dd>
    </dl>
    ${unproven.map((one) => html`<p class="waiting">… ${unprovenText(one)}</p>`)} ${imageTable(images)}
    ${folded('Deletes', removes.map(objectName))} ${folded('Objects', changeLines(changes))} ${folded('Files', files)}`;
}

function imageTable(images: Plan['images']): Html {
  if (images.length === 0) return html``;
  return html`<div class="scroll">
    <table>
      <caption>
        Images
      </caption>
      <thead>
        <tr>
          <th scope="col">Object</th>
          <th scope="col">Container</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        ${images.map(
          ({ object, container, before, after }) =>
            html`<tr>
              <td>${objectName(object)}</td>
              <td>${container}</td>
              <td>${image(before)}</td>
              <td>${image(after)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** The repository's last name and the digest's beginning tell images apart. */
function image(reference: string | undefined): Html {
  if (reference === undefined) return html`–`;
  const [repository = '', digest] = reference.split('@');
  const name = repository.slice(repository.lastIndexOf('/') + 1);
  return html`<span title="${reference}">${name}${digest === undefined ? '' : html`@${shortName(digest)}`}</span>`;
}

const folds = 12;

function folded(title: string, lines: readonly string[]): Html {
  if (lines.length === 0) return html``;
  const text = html`<pre tabindex="0">${lines.join('\n')}</pre>`;
  if (lines.length <= folds)
    return html`<h3>${title}</h3>
      ${text}`;
  return html`<details>
    <summary>${title} (${lines.length} lines)</summary>
    ${text}
  </details>`;
}
