import { Environment, EvaluationError, ParseError, TypeError } from '@marcbachmann/cel-js';
import type { ConstraintFailure, ConstraintVerdict } from '@fairlead/engine';
import { celValue } from './cel-value.ts';
import type { Evaluation } from './evaluation.ts';

type Constraint = Extract<Evaluation, { readonly kind: 'constraint' }>;
type Verdict = Exclude<ConstraintVerdict, { readonly kind: 'exhausted' }>;

/** What the parser takes of one expression. Time and memory are bounded from outside. */
const limits = { maxAstNodes: 2_000, maxDepth: 60, maxListElements: 500, maxMapEntries: 500, maxCallArguments: 16 };

/** More of one constraint tells nobody anything. */
const maxFailures = 100;

const once = new Environment({ enableOptionalTypes: true, limits })
  .registerVariable('objects', 'list<dyn>')
  .registerVariable('environment', 'dyn')
  .registerVariable('release', 'dyn')
  .registerVariable('params', 'dyn');

const forEach = once.clone().registerVariable('object', 'dyn');

/** Judges one constraint: for each object where it speaks of `object`, else once. */
export function evaluateConstraint({ id, cel, objects, context }: Constraint): Verdict {
  const parsed = parse(cel);
  if (parsed.kind === 'unusable') return { id, ...parsed };
  const { evaluate, perObject } = parsed;
  const all = objects.map(celValue);
  const variables = {
    objects: all,
    environment: celValue(context.environment),
    release: celValue(context.release),
    params: celValue(context.params),
  };
  if (!perObject) return { id, kind: 'judged', failures: failuresOf(() => evaluate(variables)) };
  const failures: ConstraintFailure[] = [];
  for (const [index, object] of all.entries()) {
    failures.push(...failuresOf(() => evaluate({ ...variables, object })).map((failure) => ({ object: index, ...failure })));
    if (failures.length >= maxFailures) break;
  }
  return { id, kind: 'judged', failures };
}

type Parsed =
  | { readonly kind: 'unusable'; readonly message: string; readonly offset: number }
  | { readonly kind: 'usable'; readonly perObject: boolean; readonly evaluate: (variables: Readonly<Record<string, unknown>>) => unknown };

function parse(cel: string): Parsed {
  try {
    const aboutAll = once.parse(cel);
    if (aboutAll.check().valid) return usable(aboutAll, false);
    const aboutEach = forEach.parse(cel);
    const { valid, error } = aboutEach.check();
    if (valid) return usable(aboutEach, true);
    return { kind: 'unusable', ...wordsOf(error) };
  } catch (error) {
    return { kind: 'unusable', ...wordsOf(error) };
  }
}

function usable(expression: ReturnType<Environment['parse']>, perObject: boolean): Parsed {
  const { type } = expression.check();
  if (type !== 'bool' && type !== 'dyn') return { kind: 'unusable', message: `gives ${type ?? 'nothing'}, expected bool`, offset: 0 };
  return { kind: 'usable', perObject, evaluate: (variables): unknown => expression(variables) };
}

function failuresOf(evaluate: () => unknown): readonly ConstraintFailure[] {
  try {
    const answer = evaluate();
    if (answer === true) return [];
    return answer === false ? [{}] : [{ error: 'the answer is neither true nor false', offset: 0 }];
  } catch (error) {
    const { message, offset } = wordsOf(error);
    return [{ error: message, offset }];
  }
}

function wordsOf(error: unknown): { readonly message: string; readonly offset: number } {
  if (error instanceof EvaluationError || error instanceof ParseError || error instanceof TypeError) {
    return { message: lowered(error.summary), offset: error.range?.start ?? 0 };
  }
  return { message: error instanceof Error ? lowered(error.message.split('\n')[0] ?? '') : 'it failed', offset: 0 };
}

function lowered(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`.replace(/\.$/, '');
}
