/** What help says of the options by which a command looks at a cluster. */
export const shadowFlags = [
  ['-e, --environment <NAME>', 'the environment, or the folder of a kustomization'],
  ['--kubeconfig <FILE>', 'the cluster (default: $KUBECONFIG, else ~/.kube/config)'],
  ['--context <NAME>', 'of the kubeconfig (default: its current one)'],
  ['--allow-exec', 'let the kubeconfig run a program to sign in'],
  ['--commit <COMMIT>', 'compare with this commit, or with working-tree (default: what the controller delivered, else HEAD)'],
  ['--target <NAME>', 'the Application or Kustomization, where the environment has several'],
  ['--owned <NAMESPACE>', 'nothing else may be in this namespace; can be repeated', { many: true }],
  ['--from <SEVERITY>', 'count from here up: image, security, config, replicas or metadata (default: metadata)'],
] as const;
