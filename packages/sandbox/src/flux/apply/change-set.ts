import { nameOf, namespaceOf, type KubeObject } from '../../kube/kube-object.ts';

type ChangeAction = 'created' | 'configured' | 'unchanged' | 'skipped' | 'deleted';

/** What became of one object. */
export interface Change {
  readonly object: KubeObject;
  readonly action: ChangeAction;
}

/** `Deployment/shop/web`, as messages and events name an object. */
export function subjectOf(object: KubeObject): string {
  const namespace = namespaceOf(object);
  return [object.kind, ...(namespace === '' ? [] : [namespace]), nameOf(object)].join('/');
}

/** A line for each object that changed. */
export function changeLog(changes: readonly Change[]): string {
  return changes
    .filter(({ action }) => action !== 'unchanged' && action !== 'skipped')
    .map(({ object, action }) => `${subjectOf(object)} ${action}`)
    .join('\n');
}
