import { listAt, textAt, type Json } from '../json/json.ts';
import { type KubeObject } from './kube-object.ts';

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

export function conditionsOf(object: KubeObject): readonly Condition[] {
  return listAt(object, 'status', 'conditions').map(parseCondition);
}

function parseCondition(condition: Json): Condition {
  const field = (name: string): string => textAt(condition, name) ?? '';
  return { type: field('type'), status: field('status'), reason: field('reason'), message: field('message') };
}

export function conditionOf(object: KubeObject, type: string): Condition | undefined {
  return conditionsOf(object).find((condition) => condition.type === type);
}
