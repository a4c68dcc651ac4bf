import type { z } from 'zod';
import { didYouMean } from './did-you-mean.ts';
import type { DocumentLines } from './document-lines.ts';
import { isList } from './is-list.ts';
import type { Json } from './json.ts';
import { jsonPointer, saidOf, type JsonPath } from './json-pointer.ts';
import { explainedProblems, type Problem, type ProblemCode } from './problem.ts';
import { alternatives, shownValue } from './shown-value.ts';

type Issue = z.core.$ZodIssue;
interface Said {
  readonly code: ProblemCode;
  readonly because: string;
  readonly hint?: string | undefined;
}

/** The value that the schema judged, and where its parts stand. */
export interface Judged {
  readonly file: string;
  readonly value: Json;
  readonly lines: DocumentLines;
}

/** Zod's issues as problems with a place, in our words. */
export function schemaProblems(issues: readonly Issue[], judged: Judged): readonly Problem[] {
  return issues.slice(0, explainedProblems + 1).flatMap((issue) => problemsOf(issue, [], judged));
}

function problemsOf(issue: Issue, parent: JsonPath, judged: Judged): readonly Problem[] {
  const path: JsonPath = [...parent, ...issue.path.filter((step) => typeof step !== 'symbol')];
  if (issue.code === 'invalid_key') {
    const name = path.at(-1);
    const at = judged.lines.keyAt(jsonPointer(path));
    return issue.issues.map((inner) => ({ ...problem(path, judged, say(inner, String(name))), ...at }));
  }
  const nearest = issue.code === 'invalid_union' ? nearestOption(issue) : undefined;
  if (nearest !== undefined) return nearest.flatMap((inner) => problemsOf(inner, path, judged));
  return [problem(path, judged, say(issue, valueAt(judged.value, path)))];
}

/** Of several forms the one that was probably meant: that with the fewest faults. */
function nearestOption({ errors }: z.core.$ZodIssueInvalidUnion): readonly Issue[] | undefined {
  return [...errors].sort((a, b) => a.length - b.length)[0];
}

function problem(path: JsonPath, { file, lines }: Judged, { code, because, hint }: Said): Problem {
  const pointer = jsonPointer(path);
  const said = { code, message: saidOf(path, because), file, ...lines.valueAt(pointer), pointer };
  return hint === undefined ? said : { ...said, hint };
}

function say(issue: Issue, found: Json | undefined): Said {
  switch (issue.code) {
    case 'invalid_type':
      return found === undefined ? missing : wrongType(issue.expected, found);
    case 'invalid_value':
      return found === undefined ? missing : wrongValue(issue.values, found);
    case 'invalid_union':
      return found === undefined ? missing : wrongValue('options' in issue ? (issue.options ?? []) : [], found);
    case 'invalid_format':
      return { code: 'wrong-value', because: `${issue.message}, found ${shownValue(found)}` };
    case 'too_small':
      return { code: 'wrong-value', because: `expected ${String(issue.minimum)} or more${unit(issue.origin)}, found ${measured(found)}` };
    case 'too_big':
      return { code: 'wrong-value', because: `expected ${String(issue.maximum)} or less${unit(issue.origin)}, found ${measured(found)}` };
    case 'custom':
      return { code: 'broken-rule', because: issue.message, hint: hintOf(issue.params) };
    case 'invalid_key':
    case 'invalid_element':
    case 'unrecognized_keys':
    case 'not_multiple_of':
      return { code: 'wrong-value', because: issue.message };
  }
}

const missing: Said = { code: 'missing-field', because: 'is missing' };

const namesOfTypes: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
};

/** Text in place of a map or list isn't shown: it may be what should have stood behind a reference. */
function wrongType(expected: string, found: Json): Said {
  const structured = ['array', 'object', 'record'].includes(expected);
  const shown = structured && typeof found === 'string' ? 'a string' : shownValue(found);
  return { code: 'wrong-type', because: `expected ${namesOfTypes[expected] ?? expected}, found ${shown}` };
}

function wrongValue(values: readonly z.core.util.Primitive[], found: Json): Said {
  const allowed = values.map(String);
  const meant = typeof found === 'string' ? didYouMean(found, allowed) : undefined;
  const because = `expected ${alternatives(allowed)}, found ${shownValue(found)}`;
  return { code: 'wrong-value', because, hint: meant === undefined ? undefined : `did you mean ${meant}?` };
}

function unit(origin: string): string {
  return { array: ' entries', string: ' characters' }[origin] ?? '';
}

function measured(found: Json | undefined): string {
  return typeof found === 'string' || isList(found) ? String(found.length) : shownValue(found);
}

function hintOf(params: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const hint = params?.['hint'];
  return typeof hint === 'string' ? hint : undefined;
}

function valueAt(value: Json, path: JsonPath): Json | undefined {
  return path.reduce<Json | undefined>(stepInto, value);
}

function stepInto(value: Json | undefined, step: string | number): Json | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (isList(value)) return typeof step === 'number' ? value[step] : undefined;
  return Object.hasOwn(value, step) ? value[step] : undefined;
}
