import { visibleText } from './visible-text.ts';

/** Foreign text that writes no markup: no table cell, link, image, HTML, mention or reference. A word joiner after @ and # keeps a forge from calling people or closing issues. */
export function plainMarkdown(text: string): string {
  return visibleText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_[\]|~]/g, (mark) => `\\${mark}`)
    .replaceAll(/([@#])(?=\w)/g, '$1\u2060')
    .replaceAll('://', ':\u2060//');
}

/** The same inside of an HTML element, where Markdown is none. */
export function plainHtml(text: string): string {
  return visibleText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/([@#])(?=\w)/g, '$1\u2060');
}

/** Foreign text as code, in a table or out of it. */
export function codeSpan(text: string): string {
  const shown = visibleText(text).replaceAll('|', '\\|');
  return shown.includes('`') ? `\`\`\` ${shown.replaceAll('```', "'''")} \`\`\`` : `\`${shown}\``;
}
