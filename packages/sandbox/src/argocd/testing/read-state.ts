import { listAt, textAt } from '../../json/json.ts';
import { type KubeObject } from '../../kube/kube-object.ts';

export function healthOf(application: KubeObject): string | undefined {
  return textAt(application, 'status', 'health', 'status');
}

export function syncOf(application: KubeObject): string | undefined {
  return textAt(application, 'status', 'sync', 'status');
}

export function revisionOf(application: KubeObject): string | undefined {
  return textAt(application, 'status', 'sync', 'revision');
}

export function phaseOf(application: KubeObject): string | undefined {
  return textAt(application, 'status', 'operationState', 'phase');
}

export function messageOf(application: KubeObject): string {
  return textAt(application, 'status', 'operationState', 'message') ?? '';
}

/** The outcome of each object, as `Kind/name status hookPhase: message`. */
export function outcomesOf(application: KubeObject): readonly string[] {
  return listAt(application, 'status', 'operationState', 'syncResult', 'resources').map((row) => {
    const field = (name: string): string => textAt(row, name) ?? '';
    return `${field('kind')}/${field('name')} ${field('status')} ${field('hookPhase')}: ${field('message')}`;
  });
}

export function conditionsOfApp(application: KubeObject): readonly string[] {
  return listAt(application, 'status', 'conditions').map((row) => `${textAt(row, 'type') ?? ''}: ${textAt(row, 'message') ?? ''}`);
}
