import type { Json } from '../document/json.ts';
import { lineDiff } from './line-diff.ts';
import type { FieldChange, ObjectChange } from './object-change.ts';
import { objectName } from './object-ref.ts';

/** The changes as text, one object after the other. Each line begins with what it says: `+`, `-`, `~` for an object, two blanks for a field. */
export function changeLines(changes: readonly ObjectChange[]): readonly string[] {
  return changes.flatMap(objectLines);
}

function objectLines(change: ObjectChange): readonly string[] {
  switch (change.kind) {
    case 'added':
      return [`+ ${objectName(change.object)}`];
    case 'removed':
      return [`- ${objectName(change.object)}`];
    case 'changed':
      return [`~ ${objectName(change.object)}`, ...change.fields.flatMap(fieldLines)];
    case 'succeeded':
      return [`~ ${objectName(change.predecessor)} → ${change.object.name}`, ...change.fields.flatMap(fieldLines)];
  }
}

function fieldLines({ path, before, after }: FieldChange): readonly string[] {
  const both = typeof before === 'string' && typeof after === 'string';
  if (both && (before.includes('\n') || after.includes('\n'))) return [`    ${path}:`, ...textLines(before, after)];
  if (before === undefined) return [`    ${path}: + ${shown(after)}`];
  if (after === undefined) return [`    ${path}: - ${shown(before)}`];
  return [`    ${path}: ${shown(before)} → ${shown(after)}`];
}

const context = 1;

/** The changed lines, and one to each side. */
function textLines(before: string, after: string): readonly string[] {
  const lines = lineDiff(before, after);
  const changed = lines.map(({ kind }) => kind !== 'same');
  return lines.flatMap(({ kind, text }, index) => {
    const near = changed.slice(Math.max(0, index - context), index + context + 1).includes(true);
    if (!near) return [];
    const sign = { same: ' ', removed: '-', added: '+' }[kind];
    return [`      ${sign} ${cut(text)}`];
  });
}

const shownLength = 160;

function shown(value: Json | undefined): string {
  if (value === undefined) return '';
  return cut(typeof value === 'string' && /^[\w.:/@+-]+$/.test(value) ? value : JSON.stringify(value));
}

function cut(text: string): string {
  return text.length <= shownLength ? text : `${text.slice(0, shownLength)}… (${String(text.length)} characters)`;
}
