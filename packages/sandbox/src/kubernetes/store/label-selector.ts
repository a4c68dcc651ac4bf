import type { JsonObject } from '../json/json.ts';
import { objectsAt, textAt, textMapAt, textsAt } from '../json/json-path.ts';

type Labels = Readonly<Record<string, string>>;

export type LabelSelector = (labels: Labels) => boolean;

const everything: LabelSelector = () => true;

/** The text form of the `labelSelector` parameter, or why it can't be read. */
export function parseLabelSelector(text: string): LabelSelector | { readonly fault: string } {
  if (text.trim() === '') return everything;
  const requirements: LabelSelector[] = [];
  // Commas inside `(…)` separate values, not requirements.
  for (const part of text.split(/,(?![^(]*\))/)) {
    const requirement = parseRequirement(part.trim());
    if (requirement === undefined) return { fault: `unable to parse requirement: ${JSON.stringify(part.trim())}` };
    requirements.push(requirement);
  }
  return (labels) => requirements.every((requirement) => requirement(labels));
}

function parseRequirement(text: string): LabelSelector | undefined {
  return parseSet(text) ?? parseEquality(text) ?? parseExistence(text);
}

function parseSet(text: string): LabelSelector | undefined {
  const match = /^([^\s=!,()<>]+)\s+(in|notin)\s*\(([^()]*)\)$/.exec(text);
  if (match === null) return undefined;
  const [, key = '', operator, list = ''] = match;
  const values = list.split(',').map((value) => value.trim());
  return operator === 'in' ? isIn(key, values) : isNotIn(key, values);
}

function parseEquality(text: string): LabelSelector | undefined {
  const match = /^([^\s=!,()<>]+)\s*(==|=|!=)\s*([^\s=!,()<>]*)$/.exec(text);
  if (match === null) return undefined;
  const [, key = '', operator, value = ''] = match;
  return operator === '!=' ? isNotIn(key, [value]) : isIn(key, [value]);
}

function parseExistence(text: string): LabelSelector | undefined {
  const match = /^(!?)\s*([^\s=!,()<>]+)$/.exec(text);
  if (match === null) return undefined;
  const [, not, key = ''] = match;
  return not === '!' ? absent(key) : present(key);
}

/** The object form (`matchLabels`, `matchExpressions`); an empty one selects everything. */
export function labelSelectorOf(selector: JsonObject): LabelSelector {
  const labels = Object.entries(textMapAt(selector, 'matchLabels')).map(([key, value]) => isIn(key, [value]));
  const expressions = objectsAt(selector, 'matchExpressions').map((expression) => {
    const key = textAt(expression, 'key') ?? '';
    const values = textsAt(expression, 'values');
    const operator = textAt(expression, 'operator');
    if (operator === 'In') return isIn(key, values);
    if (operator === 'NotIn') return isNotIn(key, values);
    return operator === 'Exists' ? present(key) : absent(key);
  });
  const requirements = [...labels, ...expressions];
  return (found) => requirements.every((requirement) => requirement(found));
}

/** The text form of an object selector, as a scale's status carries it. */
export function labelSelectorText(selector: JsonObject): string {
  const labels = Object.entries(textMapAt(selector, 'matchLabels')).map(([key, value]) => `${key}=${value}`);
  const expressions = objectsAt(selector, 'matchExpressions').map((expression) => {
    const key = textAt(expression, 'key') ?? '';
    const operator = textAt(expression, 'operator') ?? '';
    if (operator === 'Exists') return key;
    if (operator === 'DoesNotExist') return `!${key}`;
    return `${key} ${operator.toLowerCase()} (${textsAt(expression, 'values').join(',')})`;
  });
  return [...labels, ...expressions].join(',');
}

function isIn(key: string, values: readonly string[]): LabelSelector {
  return (labels) => labels[key] !== undefined && values.includes(labels[key]);
}

function isNotIn(key: string, values: readonly string[]): LabelSelector {
  return (labels) => labels[key] === undefined || !values.includes(labels[key]);
}

function present(key: string): LabelSelector {
  return (labels) => labels[key] !== undefined;
}

function absent(key: string): LabelSelector {
  return (labels) => labels[key] === undefined;
}
