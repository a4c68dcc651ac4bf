import { html, type Html } from '@fairlead/domain';

/** A digest or a commit as long as a person compares it; the whole one is under the pointer and in the markup. */
export function shortName(name: string): Html {
  return html`<code title="${name}">${name.replace(/^sha256:/, '').slice(0, 12)}</code>`;
}
