/** Groups whose objects pass through the API server's Go types. Those of a CustomResourceDefinition stay as they were written. */
const nativeGroups = new Set([
  '',
  'apps',
  'autoscaling',
  'batch',
  'extensions',
  'policy',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'flowcontrol.apiserver.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'rbac.authorization.k8s.io',
  'resource.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
  'storagemigration.k8s.io',
]);

export function isNativeGroup(group: string): boolean {
  return nativeGroups.has(group);
}

/** Numbers and flags of native kinds that Go leaves out when they say nothing; a pointer to 0 or false is written (`k8s.io/api` and `apiextensions-apiserver` 0.36: a
 *  field that is no pointer and has `omitempty`, or is a pointer elsewhere to what 0 is the default of). */
const droppedZeros = new Set([
  'chapAuthDiscovery',
  'chapAuthSession',
  'clusterScope',
  'count',
  'deprecated',
  'exclusiveMaximum',
  'exclusiveMinimum',
  'failureThreshold',
  'globalDefault',
  'healthCheckNodePort',
  'hostIPC',
  'hostNetwork',
  'hostPID',
  'hostPort',
  'initialDelaySeconds',
  'insecureSkipTLSVerify',
  'minReadySeconds',
  'nodePort',
  'nullable',
  'number',
  'partition',
  'paused',
  'periodSeconds',
  'preserveUnknownFields',
  'priority',
  'publishNotReadyAddresses',
  'readOnly',
  'sslEnabled',
  'stdin',
  'stdinOnce',
  'successThreshold',
  'targetPort',
  'timeoutSeconds',
  'tty',
  'uniqueItems',
  'unschedulable',
  'x-kubernetes-embedded-resource',
  'x-kubernetes-int-or-string',
]);

export function isDroppedZero(field: string): boolean {
  return droppedZeros.has(field);
}

/** An empty text of native kinds is left out like that, but for a pointer to one: no storage class is not the default one. */
export function isKeptText(field: string): boolean {
  return field === 'storageClassName';
}

/** Maps of native kinds whose keys are data. */
const freeMaps = new Set([
  'annotations',
  'binaryData',
  'capacity',
  'data',
  'default',
  'defaultRequest',
  'hard',
  'labels',
  'limits',
  'matchLabels',
  'max',
  'maxLimitRequestRatio',
  'min',
  'nodeSelector',
  'overhead',
  'parameters',
  'properties',
  'requests',
  'stringData',
  'volumeAttributes',
]);

/** Where others have a selector of labels and expressions, these have the labels alone. */
const plainSelectors = new Set(['Service', 'ReplicationController']);

export function isFreeMap(field: string, kind: string): boolean {
  return freeMaps.has(field) || (field === 'selector' && plainSelectors.has(kind));
}
