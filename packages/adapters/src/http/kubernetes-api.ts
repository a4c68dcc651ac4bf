import {
  createConfiguration,
  ServerConfiguration,
  type Configuration,
  type KubeConfig,
  type RequestContext,
  type SecurityAuthentication,
} from '@kubernetes/client-node';
import { InvariantError } from '@fairlead/domain';

/** An API of the generated client with a deadline for each request: the client's own default is to wait for minutes. */
export function kubernetesApi<Api>(kubeConfig: KubeConfig, Api: new (configuration: Configuration) => Api, timeoutMs: number): Api {
  const cluster = kubeConfig.getCurrentCluster();
  if (cluster === null) throw new InvariantError('kubeconfig-without-cluster', 'the kubeconfig has no current cluster');
  return new Api(
    createConfiguration({
      baseServer: new ServerConfiguration(cluster.server, {}),
      authMethods: { default: reusingConnections(kubeConfig) },
      promiseMiddleware: [
        {
          pre: (request) => {
            request.setSignal(AbortSignal.timeout(timeoutMs));
            return Promise.resolve(request);
          },
          post: (response) => Promise.resolve(response),
        },
      ],
    }),
  );
}

const reuseForMs = 300_000;

/** The client makes a pool of connections for each request, so that none is used twice. Ours lasts, but not longer than a renewed certificate may wait. */
export function reusingConnections(kubeConfig: KubeConfig): SecurityAuthentication {
  let pool: { readonly dispatcher: NonNullable<ReturnType<RequestContext['getDispatcher']>>; readonly until: number } | undefined;
  return {
    getName: () => kubeConfig.getName(),
    async applySecurityAuthentication(request) {
      await kubeConfig.applySecurityAuthentication(request);
      const made = request.getDispatcher();
      if (made === undefined) return;
      if (pool === undefined || pool.until < performance.now()) pool = { dispatcher: made, until: performance.now() + reuseForMs };
      request.setDispatcher(pool.dispatcher);
    },
  };
}
