import { memorySnapshot } from './memory-snapshot.ts';
import { type KustomizeRequest } from './render-request.ts';

/** The smallest build that makes an instance unpack the API schema, which is most of a first render. */
export const warmingRequest: KustomizeRequest = {
  kind: 'kustomize',
  path: '',
  files: memorySnapshot({
    'kustomization.yaml':
      'resources: [pod.yaml]\npatches:\n  - patch: "{apiVersion: v1, kind: Pod, metadata: {name: warm}, spec: {hostname: warm}}"\n',
    'pod.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: warm}\n',
  }),
};
