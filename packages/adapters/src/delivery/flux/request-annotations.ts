import { operationInfo, type JsonObject, type ObservedFlux, type SyncRequest } from '@fairlead/domain';

/** Flux copies what stands below this prefix into the events of the object. */
const prefix = 'event.toolkit.fluxcd.io/fairlead-';
const ours = 'fairlead.dev/';
const actor = `${prefix}actor`;

/** What a request leaves on the Kustomization. What an earlier one left and this one doesn't have is taken away. */
export function requestAnnotations({ operation, actor: by, info }: Pick<SyncRequest, 'operation' | 'actor' | 'info'>): JsonObject {
  const given: Readonly<Record<string, string>> = { ...info, [operationInfo.operation]: operation };
  const fields = Object.values(operationInfo).map((name) => [annotationOf(name), given[name] ?? null] as const);
  return { ...Object.fromEntries(fields), [actor]: `fairlead:${by}` };
}

function annotationOf(name: string): string {
  return `${prefix}${name.slice(ours.length)}`;
}

/** What the last request of ours left. */
export function readRequest(annotations: Readonly<Record<string, string>>): Pick<ObservedFlux, 'info' | 'initiatedBy'> {
  const entries = Object.entries(annotations).filter(([key]) => key.startsWith(prefix) && key !== actor);
  const by = annotations[actor];
  return {
    info: Object.fromEntries(entries.map(([key, value]) => [`${ours}${key.slice(prefix.length)}`, value])),
    ...(by === undefined ? {} : { initiatedBy: by }),
  };
}
