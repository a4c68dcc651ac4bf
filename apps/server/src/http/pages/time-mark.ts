import { html, type Html } from '@fairlead/domain';

/** A moment to the second, in UTC and said so; the exact one is in the markup. */
export function timeMark(at: string): Html {
  const shown = at.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC');
  return html`<time datetime="${at}" title="${at}">${shown}</time>`;
}
