import { at, isJsonObject, objectAt, textAt, textsAt, type JsonObject } from '../../json/json.ts';
import { appSources, type AppSources } from './app-sources.ts';
import { nameOf, type KubeObject } from '../../kube/kube-object.ts';

export const applicationVersion = 'argoproj.io/v1alpha1';

export function specOf(application: KubeObject): JsonObject {
  return objectAt(application, 'spec');
}

export function statusOf(application: KubeObject): JsonObject {
  return objectAt(application, 'status');
}

export function sourcesOf(application: KubeObject): AppSources {
  return appSources(specOf(application));
}

export function destinationNamespace(application: KubeObject): string {
  return textAt(application, 'spec', 'destination', 'namespace') ?? '';
}

export function projectNameOf(application: KubeObject): string {
  const project = textAt(application, 'spec', 'project') ?? '';
  return project === '' ? 'default' : project;
}

/** The operation that somebody asked for. */
export function operationOf(application: KubeObject): JsonObject | undefined {
  const operation = at(application, 'operation');
  return isJsonObject(operation) ? operation : undefined;
}

export function operationStateOf(application: KubeObject): JsonObject | undefined {
  const state = at(application, 'status', 'operationState');
  return isJsonObject(state) ? state : undefined;
}

const finalPhases = ['Succeeded', 'Failed', 'Error'];

export function isRunning(application: KubeObject): boolean {
  const state = operationStateOf(application);
  return state !== undefined && !finalPhases.includes(textAt(state, 'phase') ?? '');
}

export function isAutomated(application: KubeObject): boolean {
  const automated = at(application, 'spec', 'syncPolicy', 'automated');
  return isJsonObject(automated) && automated['enabled'] !== false;
}

export function hasOption(options: readonly string[], name: string, value = 'true'): boolean {
  return options.includes(`${name}=${value}`);
}

export function syncOptionsOf(operation: JsonObject): readonly string[] {
  return textsAt(operation, 'sync', 'syncOptions');
}

/** How tracking names an application; those outside the controller's own namespace carry theirs. */
export function trackingName(application: KubeObject, controllerNamespace: string): string {
  const namespace = textAt(application.metadata, 'namespace') ?? '';
  return namespace === controllerNamespace ? nameOf(application) : `${namespace}_${nameOf(application)}`;
}
