/** A line as lines of at most `width` characters, broken between words; what is continued stands two further in. A word that is wider stays whole. */
export function foldLine(line: string, width: number): readonly string[] {
  if (line.length <= width) return [line];
  const indent = /^ */.exec(line)?.[0] ?? '';
  const furtherIn = `${indent}  `;
  const lines: string[] = [];
  let current = line;
  while (current.length > width) {
    const at = breakOf(current, width);
    if (at === undefined) break;
    lines.push(current.slice(0, at).trimEnd());
    current = furtherIn + current.slice(at).trimStart();
  }
  return [...lines, current];
}

/** Where the last word begins that has no room; not within the indentation, where nothing would be gained. */
function breakOf(line: string, width: number): number | undefined {
  const start = line.length - line.trimStart().length;
  const before = line.lastIndexOf(' ', width);
  if (before > start) return before;
  const after = line.indexOf(' ', width);
  return after < 0 ? undefined : after;
}
