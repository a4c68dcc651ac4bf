import { KubeConfig } from '@kubernetes/client-node';
import { ForbiddenError, InvalidError } from '@fairlead/domain';
import type { ClusterOptions } from './options.ts';

/** A kubeconfig that may be used as it stands: its context is there and it runs no program that nobody allowed. Reads files, calls nothing. */
export function loadKubeconfig(options: ClusterOptions): KubeConfig {
  const config = read(options);
  const { name, context } = options;
  if (context !== undefined) {
    if (config.getContextObject(context) === null) {
      const hint = `name one of its contexts: ${config.contexts.map((known) => known.name).join(', ')}`;
      throw new InvalidError('kubeconfig-context-unknown', `the kubeconfig of cluster ${name} has no context ${context}`, { hint });
    }
    config.setCurrentContext(context);
  }
  if (config.getCurrentCluster() === null || config.getCurrentUser() === null) {
    const message = `the kubeconfig of cluster ${name} has no usable current context`;
    throw new InvalidError('kubeconfig-without-context', message, { hint: "set 'context' of the cluster in fairlead.yaml" });
  }
  refusePrograms(config, options);
  return config;
}

/** A parser's own message may quote the file, tokens and all, so it goes nowhere. */
function read({ name, kubeconfig }: ClusterOptions): KubeConfig {
  const config = new KubeConfig();
  try {
    switch (kubeconfig.kind) {
      case 'file':
        config.loadFromFile(kubeconfig.path);
        break;
      case 'text':
        config.loadFromString(kubeconfig.text);
        break;
      case 'in-cluster':
        config.loadFromCluster();
        break;
    }
  } catch {
    const from = kubeconfig.kind === 'file' ? `file ${kubeconfig.path}` : kubeconfig.kind;
    const message = `the kubeconfig of cluster ${name} (${from}) can not be read`;
    throw new InvalidError('kubeconfig-unreadable', message, {
      hint: 'check that it exists, may be read and works: kubectl --kubeconfig … version',
    });
  }
  return config;
}

function refusePrograms(config: KubeConfig, { name, kubeconfig, allowExec }: ClusterOptions): void {
  if (allowExec === true || kubeconfig.kind === 'in-cluster') return;
  const user = config.getCurrentUser();
  const plugin = user?.exec ? 'exec' : user?.authProvider ? 'auth-provider' : undefined;
  if (plugin === undefined) return;
  throw new ForbiddenError(
    'kubeconfig-runs-programs',
    `the kubeconfig of cluster ${name} signs in by ${plugin}, which may run any program`,
    {
      hint: "use a service account's token or a client certificate, or set 'allowExec: true' of the cluster in fairlead.yaml",
    },
  );
}
