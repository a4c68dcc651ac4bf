import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { KubeConfig, loadYaml } from '@kubernetes/client-node';
import { ForbiddenError, InvalidError } from '@fairlead/domain';
import { z } from 'zod';
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
        signInByTokenFiles(config, readFileSync(kubeconfig.path, 'utf8'), dirname(kubeconfig.path));
        break;
      case 'text':
        config.loadFromString(kubeconfig.text);
        signInByTokenFiles(config, kubeconfig.text, '/');
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

const Users = z.object({
  users: z.array(
    z.object({ name: z.string(), user: z.object({ tokenFile: z.string().min(1) }) }).catch({ name: '', user: { tokenFile: '-' } }),
  ),
});

/** The provider of the client that reads a file again each minute; it is also how it signs in within a cluster. */
const tokenFileProvider = 'tokenFile';
const TokenFileProvider = z.object({ name: z.literal(tokenFileProvider) });

/** The client doesn't know `tokenFile`, whose token is renewed by somebody else. */
function signInByTokenFiles(config: KubeConfig, text: string, folder: string): void {
  const files = new Map(Users.safeParse(loadYaml(text)).data?.users.map(({ name, user }) => [name, user.tokenFile]));
  config.users = config.users.map((user) => {
    const file = files.get(user.name);
    if (file === undefined) return user;
    // Where both are given, the file is the newer one.
    const { token: _older, ...rest } = user;
    return { ...rest, authProvider: { name: tokenFileProvider, config: { tokenFile: resolve(folder, file) } } };
  });
}

function refusePrograms(config: KubeConfig, { name, kubeconfig, allowExec }: ClusterOptions): void {
  if (allowExec === true || kubeconfig.kind === 'in-cluster') return;
  const user = config.getCurrentUser();
  const provider: unknown = user?.authProvider;
  const plugin = user?.exec ? 'exec' : provider && !TokenFileProvider.safeParse(provider).success ? 'auth-provider' : undefined;
  if (plugin === undefined) return;
  throw new ForbiddenError(
    'kubeconfig-runs-programs',
    `the kubeconfig of cluster ${name} signs in by ${plugin}, which may run any program`,
    {
      hint: "use a service account's token or a client certificate, or set 'allowExec: true' of the cluster in fairlead.yaml",
    },
  );
}
