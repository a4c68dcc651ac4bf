/** Lists of which each element is put in as a whole, and whatever runs, is mounted or is let in by it. */
const units = new Set(['containers', 'initContainers', 'ephemeralContainers', 'volumes']);

/** What is drift when it was added, whoever says that he did it: what runs, with which rights. */
const guarded = new Set([
  'volumes',
  'volumeMounts',
  'volumeDevices',
  'env',
  'envFrom',
  'command',
  'args',
  'lifecycle',
  'securityContext',
  'serviceAccountName',
  'serviceAccount',
  'automountServiceAccountToken',
  'hostNetwork',
  'hostPID',
  'hostIPC',
  'hostUsers',
  'hostAliases',
  'shareProcessNamespace',
]);

const guardedOfRole = new Set(['rules', 'subjects', 'roleRef', 'aggregationRule']);
/** What lets traffic in or out, where nothing is said of it nothing passes. */
const guardedOfNetworkPolicy = new Set(['ingress', 'egress', 'policyTypes']);
/** What is asked to change or to allow every request. */
const guardedOfAdmission = new Set(['webhooks', 'mutations', 'validations', 'matchConditions']);
const guardedOfService = new Set(['ports', 'externalIPs', 'externalName', 'type', 'loadBalancerSourceRanges']);

/** Whether an addition in the field's list is one whatever its manager. */
export function isUnitList(field: string): boolean {
  return units.has(field);
}

/** Whether an addition in the field is one whatever its manager. */
export function isGuarded(field: string, { group, kind }: { readonly group: string; readonly kind: string }): boolean {
  if (guarded.has(field)) return true;
  return guardedIn(group, kind)?.has(field) === true;
}

function guardedIn(group: string, kind: string): ReadonlySet<string> | undefined {
  if (group === 'rbac.authorization.k8s.io') return guardedOfRole;
  if (group === 'admissionregistration.k8s.io') return guardedOfAdmission;
  if (group === 'networking.k8s.io' && kind === 'NetworkPolicy') return guardedOfNetworkPolicy;
  return group === '' && kind === 'Service' ? guardedOfService : undefined;
}

/** Lists whose elements do their work one after the other. */
export function isOrderedList(field: string): boolean {
  return field === 'initContainers';
}
