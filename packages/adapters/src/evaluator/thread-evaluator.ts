import { InvariantError } from '@fairlead/domain';
import type { ConstraintVerdict, Evaluator, SchemaVerdict } from '@fairlead/engine';
import { EvaluatorThread, type ThreadAnswer, type ThreadLimits } from './evaluator-thread.ts';

const defaultLimits: ThreadLimits = { timeoutMs: 5_000, heapMb: 128 };

/** Evaluates in a thread, which starts at the first thing to evaluate. Each constraint has the whole time for all objects. */
export function threadEvaluator(limits: Partial<ThreadLimits> = {}): Evaluator & AsyncDisposable {
  const thread = new EvaluatorThread({ ...defaultLimits, ...limits });
  return {
    async validate(schema, value) {
      const answer = await thread.run({ kind: 'schema', schema, value });
      return isOfSchema(answer) ? answer : other(answer);
    },
    async judge({ constraints, objects, context }) {
      const verdicts: ConstraintVerdict[] = [];
      for (const { id, cel } of constraints) {
        const answer = await thread.run({ kind: 'constraint', id, cel, objects, context });
        if (answer.kind === 'exhausted') verdicts.push({ id, ...answer });
        else verdicts.push('id' in answer ? answer : other(answer));
      }
      return verdicts;
    },
    [Symbol.asyncDispose]: () => thread.end(),
  };
}

function isOfSchema(answer: ThreadAnswer): answer is SchemaVerdict & ThreadAnswer {
  return !('id' in answer);
}

function other({ kind }: ThreadAnswer): never {
  throw new InvariantError('evaluator-answer', `the evaluator gave the answer ${kind} of something else`);
}
