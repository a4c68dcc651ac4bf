import type { Json, JsonObject } from '../document/json.ts';

/** A container that the desired state asks for. */
export interface DesiredContainer {
  readonly workload: string;
  readonly container: string;
  readonly image: string;
  /** Runs until it is replaced: not a job's, not scaled to nothing. */
  readonly lasting: boolean;
}

/** Every container of every workload among the rendered objects, of kinds that we don't know too where they hold a pod template. */
export function desiredContainers(objects: readonly JsonObject[]): readonly DesiredContainer[] {
  return objects.flatMap((object) => {
    const pod = podSpecOf(object);
    if (pod === undefined) return [];
    const { name } = asObject(object['metadata']);
    const workload = `${text(object['kind'])}/${text(name)}`;
    const lasting = isLasting(object);
    return ['initContainers', 'containers']
      .flatMap((field) => asList(pod[field]).map(asObject))
      .map((container) => ({ workload, container: text(container['name']), image: text(container['image']), lasting }));
  });
}

/** In a template, in a cron job's template of a template, or the object is a pod itself. */
function podSpecOf(object: JsonObject): JsonObject | undefined {
  const spec = asObject(object['spec']);
  const job = asObject(asObject(spec['jobTemplate'])['spec']);
  const candidates = [asObject(asObject(spec['template'])['spec']), asObject(asObject(job['template'])['spec']), spec];
  return candidates.find((candidate) => Array.isArray(candidate['containers']));
}

function isLasting(object: JsonObject): boolean {
  const kind = text(object['kind']);
  const { replicas } = asObject(object['spec']);
  return kind !== 'Job' && kind !== 'CronJob' && replicas !== 0;
}

function asObject(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asList(value: Json | undefined): readonly Json[] {
  return isList(value) ? value : [];
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
