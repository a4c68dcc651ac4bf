import { listAt, textAt } from '../../json/json.ts';
import { conditionsOf } from '../../kube/conditions.ts';
import { type KubeObject } from '../../kube/kube-object.ts';

/** The conditions of an object, as `Type=Status(Reason)`. */
export function conditionsText(object: KubeObject): string {
  return conditionsOf(object)
    .map(({ type, status, reason }) => `${type}=${status}(${reason})`)
    .join(' ');
}

export function readyMessage(object: KubeObject): string {
  return conditionsOf(object).find(({ type }) => type === 'Ready')?.message ?? '';
}

export function isReady(object: KubeObject): boolean {
  return conditionsText(object).includes('Ready=True');
}

/** Nothing more will happen to it by itself before the next interval. */
export function isSettled(object: KubeObject): boolean {
  const text = conditionsText(object);
  return object.metadata['generation'] !== undefined && /Ready=(True|False)/.test(text) && !text.includes('Reconciling=True(Progressing)');
}

export function inventoryIds(object: KubeObject): readonly string[] {
  return listAt(object, 'status', 'inventory', 'entries').flatMap((entry) => textAt(entry, 'id') ?? []);
}
