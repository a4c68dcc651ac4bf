import type { ElementMark, PathPattern, PatternStep } from './path-pattern.ts';

/** A path as findings show it, where `*` stands for any one step: `/spec/template/spec/containers/*\/resources`. `undefined` for what is none. */
export function readPathPattern(text: string): PathPattern | undefined {
  if (text !== '' && !text.startsWith('/')) return undefined;
  return text.split('/').slice(1).map(readStep);
}

/** RFC 6901; a number is a place in a list, or a name. */
export function readJsonPointer(text: string): PathPattern | undefined {
  if (text !== '' && !text.startsWith('/')) return undefined;
  return text
    .split('/')
    .slice(1)
    .map((step) => (/^\d+$/.test(step) ? { kind: 'index', index: Number(step) } : { kind: 'field', name: unescaped(step) }));
}

function readStep(step: string): PatternStep {
  if (step === '*') return { kind: 'any' };
  if (/^\d+$/.test(step)) return { kind: 'index', index: Number(step) };
  const marks = /^\[(.*)\]$/s.exec(step)?.[1];
  return marks === undefined ? { kind: 'field', name: unescaped(step) } : { kind: 'element', where: readMarks(unescaped(marks)) };
}

function readMarks(text: string): readonly ElementMark[] {
  if (text.startsWith('=')) return [{ field: [], text: text.slice(1) }];
  return text.split(/,(?=\w+=)/).map((mark) => {
    const at = mark.indexOf('=');
    return { field: [mark.slice(0, Math.max(at, 0))], text: mark.slice(at + 1) };
  });
}

function unescaped(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~');
}
