/** What CEL's parser says of a text that is no expression: as far as two operands next to each other. */
export function celSyntaxError(expression: string): string | undefined {
  const tokens = [...expression.matchAll(/[A-Za-z_]\w*|\d+|"[^"]*"|'[^']*'|[^\s\w]+/g)];
  const isOperand = (text: string): boolean => /^[\w"']/.test(text) && text !== 'in';
  const wrong = tokens.find((token, index) => index > 0 && isOperand(token[0]) && isOperand(tokens[index - 1]?.[0] ?? ''));
  if (wrong === undefined) return undefined;
  const said = `ERROR: <input>:1:${String(wrong.index + 1)}: Syntax error: mismatched input '${wrong[0]}' expecting <EOF>`;
  return `${said}\n | ${expression}\n | ${'.'.repeat(wrong.index)}^`;
}
