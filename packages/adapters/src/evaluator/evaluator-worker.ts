import { parentPort } from 'node:worker_threads';
import { evaluateConstraint } from './evaluate-constraint.ts';
import type { Evaluated, Evaluation } from './evaluation.ts';
import { validateValue } from './validate-value.ts';

parentPort?.on('message', (evaluation: Evaluation) => {
  const evaluated: Evaluated = evaluation.kind === 'schema' ? validateValue(evaluation) : evaluateConstraint(evaluation);
  parentPort?.postMessage(evaluated);
});
