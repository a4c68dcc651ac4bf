import { UpstreamError, type ObservedArgoCd, type SyncWindow } from '@fairlead/domain';
import { absent, parsed, type ArgoCdClient } from './client.ts';
import { given, same } from './given.ts';
import { AppProject, type Application, type ArgoCdSyncWindow } from './schema.ts';

/** The Application's project with its windows; without them where we may not read it, or it isn't there. */
export async function readProject(
  client: ArgoCdClient,
  cluster: string,
  application: Application,
): Promise<NonNullable<ObservedArgoCd['project']>> {
  const name = projectName(application);
  try {
    const object = await client.readProject(cluster, controllerNamespace(application), name);
    if (object === absent) return { name };
    const { spec } = parsed(AppProject, object, `reading project ${name} on cluster ${cluster}`);
    return { name, windows: (spec.syncWindows ?? []).map(observeWindow) };
  } catch (error) {
    if (error instanceof UpstreamError && error.code === 'kubernetes-forbidden') return { name };
    throw error;
  }
}

export function projectName({ spec }: Application): string {
  const name = spec.project ?? '';
  return name === '' ? 'default' : name;
}

/** Applications may live elsewhere; projects live with the controller. */
export function controllerNamespace({ metadata, status }: Application): string {
  const namespace = status?.controllerNamespace ?? '';
  return namespace === '' ? metadata.namespace : namespace;
}

function observeWindow(window: ArgoCdSyncWindow): SyncWindow {
  return {
    kind: window.kind === 'deny' ? 'deny' : 'allow',
    schedule: window.schedule ?? '',
    duration: window.duration ?? '',
    timeZone: window.timeZone ?? '',
    applications: window.applications ?? [],
    namespaces: window.namespaces ?? [],
    clusters: window.clusters ?? [],
    andOperator: window.andOperator ?? false,
    manualSync: window.manualSync ?? false,
    ...given('description', window.description, same),
  };
}
