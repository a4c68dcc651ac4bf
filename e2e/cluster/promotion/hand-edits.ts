/** What somebody does by kubectl, and how it has to be told. */
export interface HandEdit {
  readonly command: readonly string[];
  /** `class Kind/name/path`. */
  readonly found: string;
  /** As kubectl names itself; absent: nobody's name is left in what is gone. */
  readonly manager: string | undefined;
}

const containers = '/spec/template/spec/containers';
const patch = (object: string, type: 'json' | 'strategic', body: unknown): readonly string[] => [
  'patch',
  object,
  `--type=${type}`,
  `--patch=${JSON.stringify(body)}`,
];

export const sidecar: HandEdit = {
  command: patch('deployment/api', 'strategic', {
    spec: { template: { spec: { containers: [{ name: 'debug', image: 'registry.example.com/debug:1' }] } } },
  }),
  found: `added-field Deployment/api${containers}/[name=debug]`,
  manager: 'kubectl-patch',
};

/** As an autoscaler does it that the environment declares. */
export const scaling: readonly string[] = [
  'patch',
  'deployment/web',
  '--subresource=scale',
  '--type=merge',
  '--field-manager=kube-controller-manager',
  '--patch={"spec":{"replicas":4}}',
];

export const handEdits: readonly HandEdit[] = [
  {
    command: ['set', 'env', 'deployment/api', 'DEBUG=1'],
    found: `added-field Deployment/api${containers}/[name=api]/env/[name=DEBUG]`,
    manager: 'kubectl-set',
  },
  {
    command: ['scale', 'deployment/scheduler', '--replicas=3'],
    found: 'changed Deployment/scheduler/spec/replicas',
    manager: 'kubectl',
  },
  { command: ['label', 'service/web', 'touched=yes'], found: 'added-field Service/web/metadata/labels/touched', manager: 'kubectl-label' },
  {
    command: patch('deployment/metering-worker', 'json', [
      { op: 'add', path: `${containers}/-`, value: { name: 'extra', image: 'registry.example.com/extra:1' } },
    ]),
    found: `added-field Deployment/metering-worker${containers}/[name=extra]`,
    manager: 'kubectl-patch',
  },
  {
    command: patch('service/gateway', 'strategic', { spec: { ports: [{ name: 'debug', port: 9999, protocol: 'TCP' }] } }),
    found: 'added-field Service/gateway/spec/ports/[port=9999,protocol=TCP]',
    manager: 'kubectl-patch',
  },
  {
    command: ['set', 'image', 'deployment/gateway', 'gateway=registry.example.com/other:2'],
    found: `changed Deployment/gateway${containers}/[name=gateway]/image`,
    manager: 'kubectl-set',
  },
  { command: ['delete', 'service', 'queue'], found: 'missing Service/queue', manager: undefined },
  {
    command: ['create', 'configmap', 'foreign', '--from-literal=a=b'],
    found: 'extra ConfigMap/foreign',
    manager: 'kubectl-create',
  },
];
