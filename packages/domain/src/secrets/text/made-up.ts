const sayingSo =
  /example|sample|dummy|placeholder|redacted|changeme|change[-_]me|replace[-_]?(?:me|with)|your[-_]|insert[-_]|xxxxx|\.\.\.|<|\*\*\*|\$\{|\{\{/i;
const counting = ['0123456789', '1234567890', 'abcdefghij', 'abcdef0123456789', 'ABCDEFGHIJ'];

/** Whether the part of a token that chance decides was typed by a person to show what one looks like. */
export function isMadeUp(body: string): boolean {
  if (sayingSo.test(body)) return true;
  if (new Set(body).size <= Math.min(5, body.length / 4)) return true;
  return body.length <= 64 && counting.some((run) => body.includes(run));
}
