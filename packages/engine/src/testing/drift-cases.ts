import type { DriftClass, DriftSeverity, JsonObject } from '@fairlead/domain';
import { otherImage, webDeployment, webAutoscaler, webPolicy, steps, preparedDeployment, choicelessService } from './drift-example.ts';

/** An object by name, in the namespace of the case. */
export interface EditedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}

/** One request to the Kubernetes API, with the field manager that it is made by. `apply` is server-side, with force. */
export type ClusterEdit =
  | { readonly verb: 'apply' | 'create'; readonly manager: string; readonly object: JsonObject }
  | {
      readonly verb: 'patch';
      readonly manager: string;
      readonly object: EditedObject;
      readonly subresource?: 'scale';
      readonly type: 'merge' | 'strategic';
      readonly patch: JsonObject;
    }
  | { readonly verb: 'delete'; readonly object: EditedObject };

/** What a finding must say. No manager: nobody's name is left in the cluster. */
export interface ExpectedDrift {
  readonly class: DriftClass;
  readonly severity: DriftSeverity;
  /** `Deployment/web`. */
  readonly object: string;
  readonly path: string;
  readonly manager?: string;
}

/** Deliver `driftExample`, make the edits, look: exactly this is found, in order of objects and paths. */
export interface DriftCase {
  readonly name: string;
  /** Desired besides `driftExample`. */
  readonly desired?: readonly JsonObject[];
  readonly edits: readonly ClusterEdit[];
  readonly expected: readonly ExpectedDrift[];
}

const deployment: EditedObject = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
const service: EditedObject = { apiVersion: 'v1', kind: 'Service', name: 'web' };
const config: EditedObject = { apiVersion: 'v1', kind: 'ConfigMap', name: 'web-config' };

const containers = '/spec/template/spec/containers';
const web = `${containers}/[name=web]`;

function inPod(manager: string, spec: JsonObject): ClusterEdit {
  return { verb: 'patch', manager, object: deployment, type: 'strategic', patch: { spec: { template: { spec } } } };
}

function inContainer(manager: string, fields: JsonObject): ClusterEdit {
  return inPod(manager, { containers: [{ name: 'web', ...fields }] });
}

function scaled(manager: string, replicas: number): ClusterEdit {
  return { verb: 'patch', manager, object: deployment, subresource: 'scale', type: 'merge', patch: { spec: { replicas } } };
}

function merged(manager: string, object: EditedObject, patch: JsonObject): ClusterEdit {
  return { verb: 'patch', manager, object, type: 'merge', patch };
}

const ofWeb = { object: 'Deployment/web' } as const;
const added = { ...ofWeb, class: 'added-field' } as const;
const changed = { ...ofWeb, class: 'changed' } as const;

/** What a hand, a tool or a controller does to a service, and what of it is drift. */
export const driftCases: readonly DriftCase[] = [
  { name: 'nothing was done', edits: [], expected: [] },
  {
    name: 'a variable was set',
    edits: [inContainer('kubectl-set', { env: [{ name: 'MODE', value: 'debug' }] })],
    expected: [{ ...changed, severity: 'config', path: `${web}/env/[name=MODE]/value`, manager: 'kubectl-set' }],
  },
  {
    name: 'a variable was put in',
    edits: [inContainer('kubectl-set', { env: [{ name: 'DEBUG', value: '1' }] })],
    expected: [{ ...added, severity: 'config', path: `${web}/env/[name=DEBUG]`, manager: 'kubectl-set' }],
  },
  {
    name: 'it was scaled',
    edits: [scaled('kubectl', 4)],
    expected: [{ ...changed, severity: 'replicas', path: '/spec/replicas', manager: 'kubectl' }],
  },
  {
    name: 'a label was added',
    edits: [merged('kubectl-label', deployment, { metadata: { labels: { team: 'x' } } })],
    expected: [{ ...added, severity: 'metadata', path: '/metadata/labels/team', manager: 'kubectl-label' }],
  },
  {
    name: 'it was restarted',
    edits: [
      merged('kubectl-rollout', deployment, {
        spec: { template: { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': 'now' } } } },
      }),
    ],
    expected: [
      {
        ...added,
        severity: 'metadata',
        path: '/spec/template/metadata/annotations/kubectl.kubernetes.io~1restartedAt',
        manager: 'kubectl-rollout',
      },
    ],
  },
  {
    name: 'a container was put in',
    edits: [inPod('kubectl-edit', { containers: [{ name: 'evil', image: 'registry.example.test/evil:1' }] })],
    expected: [{ ...added, severity: 'image', path: `${containers}/[name=evil]`, manager: 'kubectl-edit' }],
  },
  {
    name: "a container was put in under the controller's name",
    edits: [inPod('argocd-controller', { containers: [{ name: 'evil', image: 'registry.example.test/evil:1' }] })],
    expected: [{ ...added, severity: 'image', path: `${containers}/[name=evil]`, manager: 'argocd-controller' }],
  },
  {
    name: 'the image was swapped',
    edits: [inContainer('kubectl-set', { image: otherImage })],
    expected: [{ ...changed, severity: 'image', path: `${web}/image`, manager: 'kubectl-set' }],
  },
  {
    name: 'a command was put in',
    edits: [inContainer('kubectl-edit', { command: ['sh', '-c', 'sleep 1d'] })],
    expected: [{ ...added, severity: 'security', path: `${web}/command`, manager: 'kubectl-edit' }],
  },
  {
    name: 'it was made privileged',
    edits: [inContainer('kubectl-edit', { securityContext: { privileged: true } })],
    expected: [{ ...added, severity: 'security', path: `${web}/securityContext`, manager: 'kubectl-edit' }],
  },
  {
    name: 'the rollout was paused',
    edits: [merged('kubectl-rollout', deployment, { spec: { paused: true } })],
    expected: [{ ...added, severity: 'config', path: '/spec/paused', manager: 'kubectl-rollout' }],
  },
  {
    name: 'a port was opened',
    edits: [
      {
        verb: 'patch',
        manager: 'kubectl-edit',
        object: service,
        type: 'strategic',
        patch: { spec: { ports: [{ name: 'debug', port: 5005 }] } },
      },
    ],
    expected: [
      {
        class: 'added-field',
        object: 'Service/web',
        severity: 'config',
        path: '/spec/ports/[port=5005,protocol=TCP]',
        manager: 'kubectl-edit',
      },
    ],
  },
  {
    name: 'the service was deleted',
    edits: [{ verb: 'delete', object: service }],
    expected: [{ class: 'missing', object: 'Service/web', severity: 'config', path: '' }],
  },
  {
    name: 'a value was edited and another added',
    edits: [merged('kubectl-edit', config, { data: { GREETING: 'bye', MORE: 'x' } })],
    expected: [
      { class: 'changed', object: 'ConfigMap/web-config', severity: 'config', path: '/data/GREETING', manager: 'kubectl-edit' },
      { class: 'added-field', object: 'ConfigMap/web-config', severity: 'config', path: '/data/MORE', manager: 'kubectl-edit' },
    ],
  },
  {
    name: 'an object of somebody else lies in the namespace',
    edits: [
      {
        verb: 'create',
        manager: 'kubectl-create',
        object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'foreign' }, data: { a: 'b' } },
      },
    ],
    expected: [{ class: 'extra', object: 'ConfigMap/foreign', severity: 'config', path: '', manager: 'kubectl-create' }],
  },
  {
    name: 'what the API server spells otherwise was applied again by the controller',
    edits: [{ verb: 'apply', manager: 'argocd-controller', object: webDeployment }],
    expected: [],
  },
  {
    name: 'an autoscaler that is desired scaled',
    desired: [webAutoscaler],
    edits: [scaled('horizontal-pod-autoscaler', 4)],
    expected: [],
  },
  {
    name: 'somebody scaled past a desired autoscaler',
    desired: [webAutoscaler],
    edits: [scaled('kubectl', 4)],
    expected: [{ ...changed, severity: 'replicas', path: '/spec/replicas', manager: 'kubectl' }],
  },
  {
    name: 'somebody scaled beyond the bounds under the name of the autoscaler',
    desired: [webAutoscaler],
    edits: [scaled('horizontal-pod-autoscaler', 50)],
    expected: [{ ...changed, severity: 'replicas', path: '/spec/replicas', manager: 'horizontal-pod-autoscaler' }],
  },
  {
    name: "everybody was let in under the controller's name",
    desired: [webPolicy],
    edits: [
      merged(
        'argocd-controller',
        { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', name: 'web' },
        {
          spec: { ingress: [{}] },
        },
      ),
    ],
    expected: [
      { class: 'added-field', object: 'NetworkPolicy/web', severity: 'security', path: '/spec/ingress', manager: 'argocd-controller' },
    ],
  },
  {
    name: 'what runs before a service was turned round',
    desired: [preparedDeployment],
    edits: [
      merged(
        'kubectl-edit',
        { apiVersion: 'apps/v1', kind: 'Deployment', name: 'prepared' },
        {
          spec: { template: { spec: { initContainers: steps.toReversed() } } },
        },
      ),
    ],
    expected: [{ class: 'changed', object: 'Deployment/prepared', severity: 'image', path: '/spec/template/spec/initContainers' }],
  },
  { name: 'what says nothing was left to the API server', desired: [choicelessService], edits: [], expected: [] },
  {
    name: 'an object was made to look like that of another Application',
    edits: [merged('kubectl-edit', config, { metadata: { annotations: { 'argocd.argoproj.io/tracking-id': 'other:/ConfigMap:x/y' } } })],
    expected: [
      {
        class: 'added-field',
        object: 'ConfigMap/web-config',
        severity: 'config',
        path: '/metadata/annotations/argocd.argoproj.io~1tracking-id',
        manager: 'kubectl-edit',
      },
    ],
  },
];
