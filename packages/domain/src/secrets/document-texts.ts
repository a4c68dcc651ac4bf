/** The documents of a text, each with as many empty lines before it as there are lines before it, so that places are the text's. */
export function documentTexts(text: string): readonly string[] {
  const texts: string[] = [];
  const separator = /^---(?=[ \t\r\n]|$)/gm;
  let from = 0;
  let lines = 0;
  for (const { index } of text.matchAll(separator)) {
    if (index === from) continue;
    const own = text.slice(from, index);
    texts.push('\n'.repeat(lines) + own);
    lines += own.split('\n').length - 1;
    from = index;
  }
  return [...texts, '\n'.repeat(lines) + text.slice(from)];
}

/** Some of them as one text again, each where it was. */
export function joinedTexts(texts: readonly string[]): string {
  const parts: string[] = [];
  let lines = 0;
  for (const own of texts) {
    parts.push(own.slice(lines));
    lines = own.split('\n').length - 1;
  }
  return parts.join('');
}
