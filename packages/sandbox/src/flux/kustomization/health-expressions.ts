import { listAt, textAt } from '../../json/json.ts';
import { type KubeObject } from '../../kube/kube-object.ts';
import { celSyntaxError } from '../health/cel-syntax.ts';

/** What is wrong with the first of `spec.healthCheckExprs` that is no expression. */
export function invalidHealthExpression(kustomization: KubeObject): string | undefined {
  for (const [index, check] of listAt(kustomization, 'spec', 'healthCheckExprs').entries()) {
    for (const field of ['current', 'inProgress', 'failed']) {
      const expression = textAt(check, field);
      const error = expression === undefined ? undefined : celSyntaxError(expression);
      if (error === undefined) continue;
      const name = field === 'inProgress' ? 'InProgress' : `${field[0]?.toUpperCase() ?? ''}${field.slice(1)}`;
      const what = `failed to parse the expression ${name}: failed to parse the CEL expression '${expression ?? ''}': ${error}`;
      return `failed to create custom status evaluator for healthchecks[${String(index)}]: ${what}`;
    }
  }
  return undefined;
}
