export interface PlainTemplate {
  readonly text: string;
  /** The value as it was written. */
  restore(value: string): string;
}

const line = /^[ \t]*(?:\{\{-?[^{}]*-?\}\}[ \t]*)+$/gm;
const inline = /\{\{[^{}\n]*\}\}/g;

/** A template as YAML without what is filled in, line by line the same: actions alone on a line are gone, those inside a value stand as a word. */
export function withoutTemplates(text: string): PlainTemplate {
  const actions: string[] = [];
  const plain = text
    .replaceAll(/\{\{-?\s*\/\*[^]*?\*\/\s*-?\}\}/g, (comment) => comment.replaceAll(/[^\n]/g, ''))
    .replaceAll(line, '')
    .replaceAll(inline, (action) => {
      actions.push(action);
      return `TPL${String(actions.length - 1)}LPT`;
    });
  return { text: plain, restore: (value) => value.replaceAll(/TPL(\d+)LPT/g, (word, at: string) => actions[Number(at)] ?? word) };
}
