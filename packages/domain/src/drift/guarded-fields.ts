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
]);

const guardedOfRole = new Set(['rules', 'subjects', 'roleRef', 'aggregationRule']);
const guardedOfService = new Set(['ports', 'externalIPs', 'externalName', 'type', 'loadBalancerSourceRanges']);

/** Whether an addition in the field's list is one whatever its manager. */
export function isUnitList(field: string): boolean {
  return units.has(field);
}

/** Whether an addition in the field is one whatever its manager. */
export function isGuarded(field: string, { group, kind }: { readonly group: string; readonly kind: string }): boolean {
  if (guarded.has(field)) return true;
  if (group === 'rbac.authorization.k8s.io') return guardedOfRole.has(field);
  return group === '' && kind === 'Service' && guardedOfService.has(field);
}
