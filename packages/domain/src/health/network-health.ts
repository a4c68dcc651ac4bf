import { listAt, textAt } from '../document/json-field.ts';
import type { JsonObject } from '../document/json.ts';
import { health, type Health } from './health.ts';

export function serviceHealth(object: JsonObject): Health {
  return textAt(object, 'spec', 'type') === 'LoadBalancer' ? ingressHealth(object) : health('Healthy');
}

export function ingressHealth(object: JsonObject): Health {
  const addresses = listAt(object, 'status', 'loadBalancer', 'ingress');
  return addresses.length > 0 ? health('Healthy') : health('Progressing', 'it has no address yet');
}

export function claimHealth(object: JsonObject): Health {
  switch (textAt(object, 'status', 'phase') ?? '') {
    case 'Bound':
      return health('Healthy');
    case 'Pending':
      return health('Progressing', 'it is not bound yet');
    case 'Lost':
      return health('Degraded', 'its volume is lost');
    default:
      return health('Unknown', 'it has no known phase');
  }
}
