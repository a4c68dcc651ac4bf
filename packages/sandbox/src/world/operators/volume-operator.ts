import { listAt, objectAt, textAt } from '../../json/json.ts';
import { nameOf, namespaceOf, uidOf } from '../../kube/kube-object.ts';
import type { Operator } from './operator.ts';

/** Brings a disk for each claim; the cluster's own controller binds the two. */
export const volumeOperator: Operator = {
  manager: 'provisioner',
  type: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', plural: 'persistentvolumeclaims', namespaced: true },
  answer: (claim) => {
    if (textAt(claim, 'spec', 'volumeName') !== undefined) return [];
    const storageClassName = textAt(claim, 'spec', 'storageClassName');
    const spec = {
      capacity: objectAt(claim, 'spec', 'resources', 'requests'),
      accessModes: listAt(claim, 'spec', 'accessModes'),
      claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name: nameOf(claim), namespace: namespaceOf(claim), uid: uidOf(claim) },
      hostPath: { path: '/nowhere' },
      ...(storageClassName === undefined ? {} : { storageClassName }),
    };
    const body = { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: `pv-${uidOf(claim)}` }, spec };
    return [{ verb: 'POST', path: '/api/v1/persistentvolumes', body }];
  },
};
