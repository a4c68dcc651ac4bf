import { html } from '@fairlead/domain';
import { page } from './layout.ts';

/** The one-time link's page. The code is used up by the button and not by the link, which mail scanners and previews open too. */
export function signInPage(code: string | undefined): string {
  if (code === undefined) {
    return page(
      'Sign in',
      html`<h1>Sign in</h1>
        <p>Open the one-time link that <code>fairlead server</code> prints when it starts, or ask an admin for a token.</p>`,
    );
  }
  return page(
    'Sign in',
    html`<h1>Sign in</h1>
      <p>This link can be used once.</p>
      <form method="post" action="/login">
        <input type="hidden" name="code" value="${code}" />
        <button type="submit">Sign in</button>
      </form>`,
  );
}
