import type { Json, JsonObject } from '../document/json.ts';
import { isMap, ownValue } from './own-value.ts';

/** The desired object as the API server shows it in the version of the live one. Of the built-in kinds only autoscalers are served in two shapes; a custom kind
 *  mostly has the same fields in all of its versions. */
export function inVersionOf(live: JsonObject, desired: JsonObject): JsonObject {
  if (desired['apiVersion'] !== 'autoscaling/v1' || live['apiVersion'] !== 'autoscaling/v2') return desired;
  const spec = ownValue(desired, 'spec');
  if (!isMap(spec)) return desired;
  const { targetCPUUtilizationPercentage: utilization, ...rest } = spec;
  return { ...desired, spec: { ...rest, ...(utilization === undefined ? {} : { metrics: [cpuMetric(utilization)] }) } };
}

function cpuMetric(averageUtilization: Json): JsonObject {
  return { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } } };
}
