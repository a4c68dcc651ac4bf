import { html, type Html } from '../../document/html.ts';

export function section(title: string, content: Html): Html {
  return html`<h2>${title}</h2>
    ${content}`;
}

/** Without a head the first cell of each row is its heading. */
export function table(head: readonly string[] | undefined, rows: readonly (readonly string[])[]): Html {
  if (rows.length === 0) return html`<p>None on record.</p>`;
  const headed =
    head === undefined
      ? undefined
      : html`<tr>
          ${head.map((title) => html`<th scope="col">${title}</th>`)}
        </tr>`;
  return html`<table>
    ${headed}${rows.map(
      (row) =>
        html`<tr>
          ${row.map((cell, at) => cellOf(cell, head === undefined && at === 0))}
        </tr>`,
    )}
  </table>`;
}

function cellOf(text: string, heading: boolean): Html {
  if (heading) return html`<th scope="row">${text}</th>`;
  return html`<td>${/[0-9a-f]{32}/.test(text) ? html`<code>${text}</code>` : text}</td>`;
}
