/** GitHub takes 65,536 characters, others more; some is left for what a script puts around it. */
const room = 60_000;

export interface MarkdownSection {
  readonly before: readonly string[];
  readonly lines: readonly string[];
}

/** Sections with as many lines of each as there is room for; how many are left out is said. A section without lines is left out. */
export function fitMarkdown(head: readonly string[], sections: readonly MarkdownSection[]): string {
  const text = [...head];
  const there = sections.filter(({ lines }) => lines.length > 0);
  for (const [index, { before, lines }] of there.entries()) {
    const share = (room - lengthOf([...text, ...before])) / (there.length - index);
    const fitting = countThatFit(lines, share);
    text.push(...before, ...lines.slice(0, fitting));
    if (fitting < lines.length) text.push('', `… and ${String(lines.length - fitting)} more`);
  }
  return `${text.join('\n')}\n`;
}

/** Nobody reads a longer list in a comment. */
const readable = 50;

function countThatFit(lines: readonly string[], space: number): number {
  let used = 0;
  const tooFar = lines.findIndex((line) => (used += line.length + 1) > space);
  return Math.min(readable, tooFar < 0 ? lines.length : tooFar);
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}
