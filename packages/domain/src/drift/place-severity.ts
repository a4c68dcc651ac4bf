import type { ObjectRef } from '../desired-state/object-ref.ts';
import type { DriftSeverity } from '../policy/policy.ts';

type Kind = Pick<ObjectRef, 'group' | 'kind'>;

/** How grave a difference is by where it is. A finding's path: elements of lists are in brackets or numbers. */
export function placeSeverity(object: Kind, path: string): DriftSeverity {
  const fields = path
    .split('/')
    .slice(1)
    .filter((part) => !/^(\[.*\]|\d+)$/s.test(part));
  const data = isData(object, fields);
  if (!data && isMetadata(fields)) return metadataSeverity(fields);
  if (isSecurityKind(object)) return 'security';
  if (data) return 'config';
  if (isImage(fields)) return 'image';
  if (isSecurity(object, fields)) return 'security';
  return fields.length === 2 && fields[0] === 'spec' && fields[1] === 'replicas' ? 'replicas' : 'config';
}

/** Names below these are somebody's, and mean nothing to Kubernetes. */
function isData({ group, kind }: Kind, [first = '']: readonly string[]): boolean {
  return group === '' && kind === 'ConfigMap' && (first === 'data' || first === 'binaryData');
}

function isMetadata(fields: readonly string[]): boolean {
  const at = fields.indexOf('metadata');
  return at === 0 || (at > 0 && fields[0] === 'spec');
}

/** Annotations that turn off what controllers and admission do, and fields that end the object or give it away. */
function metadataSeverity(fields: readonly string[]): DriftSeverity {
  const [group = '', key = ''] = fields.slice(fields.indexOf('metadata') + 1);
  if (group === 'deletionTimestamp' || group === 'ownerReferences') return 'config';
  if (
    /^(pod-security\.kubernetes\.io|container\.apparmor\.security\.beta\.kubernetes\.io|seccomp\.security\.alpha\.kubernetes\.io)~1/.test(
      key,
    )
  )
    return 'security';
  return /^(argocd\.argoproj\.io|(kustomize|helm)\.toolkit\.fluxcd\.io)~1/.test(key) ? 'config' : 'metadata';
}

const securityGroups = new Set(['rbac.authorization.k8s.io', 'admissionregistration.k8s.io']);
const securityKinds = new Set([
  'NetworkPolicy',
  'ServiceAccount',
  'PodSecurityPolicy',
  'SecurityContextConstraints',
  'AuthorizationPolicy',
  'PeerAuthentication',
]);

function isSecurityKind({ group, kind }: Kind): boolean {
  return securityGroups.has(group) || securityKinds.has(kind);
}

/** A container's image, or a container that is there or isn't. */
function isImage(fields: readonly string[]): boolean {
  const [before = '', last = ''] = fields.slice(-2);
  const lists = ['containers', 'initContainers', 'ephemeralContainers'];
  if (last === 'image') return lists.includes(before);
  return lists.includes(last);
}

const securityFields = new Set([
  'securityContext',
  'serviceAccountName',
  'serviceAccount',
  'automountServiceAccountToken',
  'hostNetwork',
  'hostPID',
  'hostIPC',
  'hostUsers',
  'hostPort',
  'hostPath',
  'runtimeClassName',
  'projected',
  'csi',
  'command',
  'args',
  'lifecycle',
]);
const securityFieldsOfService = new Set(['externalIPs', 'externalName', 'type', 'loadBalancerSourceRanges']);

function isSecurity({ group, kind }: Kind, fields: readonly string[]): boolean {
  if (group === '' && kind === 'Service') return securityFieldsOfService.has(fields[1] ?? '');
  return fields.at(-1) === 'volumes' || fields.some((field) => securityFields.has(field));
}
