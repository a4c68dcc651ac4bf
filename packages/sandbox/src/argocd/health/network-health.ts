import { listAt, textAt } from '../../json/json.ts';
import { type KubeObject } from '../../kube/kube-object.ts';
import { degraded, healthy, progressing, type Health } from './health.ts';

function isBalanced(object: KubeObject): boolean {
  return listAt(object, 'status', 'loadBalancer', 'ingress').length > 0;
}

export function serviceHealth(object: KubeObject): Health {
  return textAt(object, 'spec', 'type') !== 'LoadBalancer' || isBalanced(object) ? healthy : progressing('');
}

export function ingressHealth(object: KubeObject): Health {
  return isBalanced(object) ? healthy : progressing('');
}

export function claimHealth(object: KubeObject): Health {
  switch (textAt(object, 'status', 'phase') ?? '') {
    case 'Bound':
      return healthy;
    case 'Pending':
      return progressing('');
    case 'Lost':
      return degraded('');
    default:
      return { status: 'Unknown' };
  }
}
