import { html, type Html } from '../../document/html.ts';

export function section(title: string, content: Html): Html {
  return html`<h2>${title}</h2>
    ${content}`;
}

/** Without a head the first cell of each row is its heading. */
export function table(head: readonly string[] | undefined, rows: readonly (readonly string[])[]): Html {
  if (rows.length === 0) return html`<p>None on record.</p>`;
  const titles = (head ?? []).map((title) => html`<th scope="col">${title}</th>`);
  const headed =
    head === undefined
      ? undefined
      : html`<tr>
          ${titles}
        </tr>`;
  const lines = rows.map((row) => rowOf(row.map((cell, at) => cellOf(cell, head === undefined && at === 0))));
  return html`<table>
    ${headed}${lines}
  </table>`;
}

/** On a line of its own: a page of many records stays small. */
function rowOf(cells: readonly Html[]): Html {
  return html`<tr>
    ${cells}
  </tr>`;
}

function cellOf(text: string, heading: boolean): Html {
  if (heading) return html`<th scope="row">${text}</th>`;
  return html`<td>${/[0-9a-f]{32}/.test(text) ? html`<code>${text}</code>` : text}</td>`;
}
