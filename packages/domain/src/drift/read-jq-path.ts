import type { PathPattern, PatternStep } from './path-pattern.ts';

const text = String.raw`"(?:[^"\\]|\\.)*"`;
const name = String.raw`[A-Za-z_]\w*`;
const field = String.raw`\.(?:${name}|${text})`;

const forms = {
  field: new RegExp(String.raw`\.(${name})|\.(${text})|\.?\[\s*(${text})\s*\]`, 'y'),
  index: /\.?\[\s*(\d+)\s*\]/y,
  each: /\.?\[\s*\]/y,
  select: new RegExp(String.raw`\|\s*select\(\s*((?:${field})+)\s*==\s*(${text}|\d+|true|false)\s*\)`, 'y'),
  nothing: /\?|\|\s*(?=\.)|\s+/y,
} as const satisfies Record<string, RegExp>;

/** The forms of jq that name a place: `.a.b`, `."a/b"`, `.a[]`, `.a[0]`, `.a[] | select(.name == "x") | .b`. Of any other, `undefined`: jq can compute
 *  whatever it likes, and we don't run it. */
export function readJqPath(expression: string): PathPattern | undefined {
  const steps: PatternStep[] = [];
  let at = 0;
  while (at < expression.length) {
    const read = readForm(expression, at);
    if (read === undefined) return undefined;
    const step = read.step;
    if (step?.kind === 'element' && steps.pop()?.kind !== 'any') return undefined;
    if (step !== undefined) steps.push(step);
    at = read.end;
  }
  return steps.length === 0 ? undefined : steps;
}

interface ReadForm {
  readonly step: PatternStep | undefined;
  readonly end: number;
}

function readForm(expression: string, at: number): ReadForm | undefined {
  for (const form of ['field', 'index', 'each', 'select', 'nothing'] as const) {
    const pattern = forms[form];
    pattern.lastIndex = at;
    const match = pattern.exec(expression);
    if (match !== null)
      return {
        step: stepOf(form, match.slice(1).filter(Boolean)),
        end: at + match[0].length,
      };
  }
  return undefined;
}

function stepOf(form: keyof typeof forms, [first = '', second = '']: readonly string[]): PatternStep | undefined {
  switch (form) {
    case 'field':
      return { kind: 'field', name: unquoted(first) };
    case 'index':
      return { kind: 'index', index: Number(first) };
    case 'each':
      return { kind: 'any' };
    case 'select':
      return { kind: 'element', where: [{ field: fieldsOf(first), text: unquoted(second) }] };
    case 'nothing':
      return undefined;
  }
}

function fieldsOf(path: string): readonly string[] {
  return [...path.matchAll(new RegExp(String.raw`\.(${name}|${text})`, 'g'))].map(([, part = '']) => unquoted(part));
}

function unquoted(part: string): string {
  return part.startsWith('"') ? part.slice(1, -1).replaceAll(/\\(.)/g, '$1') : part;
}
