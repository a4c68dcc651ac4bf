import { html, type Html } from '@fairlead/domain';

/** The frame of the plain pages. `refreshSeconds`: how often the browser asks again. */
export function page(title: string, body: Html, refreshSeconds?: number): string {
  const refresh = refreshSeconds === undefined ? html`` : html`<meta http-equiv="refresh" content="${refreshSeconds}" />`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        ${refresh}
        <title>${title} · Fairlead</title>
        <link rel="stylesheet" href="/fairlead.css" />
      </head>
      <body>
        <header><a href="/">Fairlead</a></header>
        <main>${body}</main>
      </body>
    </html> `.markup;
}
