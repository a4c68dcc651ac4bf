/** Control characters, and those that format: they turn the direction of writing, end a line or are not to be seen. A file's name or content must not move the
 *  cursor, colour the terminal, ring its bell or show itself as another than it is. Tabs stay. */
const hidden = /(?!\t)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** A text from a file, on one line, with everything that can't be seen spelled out. */
export function visibleText(text: string): string {
  return text.replaceAll(hidden, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
