import type { KubeClient } from '../kube/kube-client.ts';
import type { ExampleEnvironment } from './example-environments.ts';

/** Who brings the example's repository into its cluster. */
export interface ExampleController extends AsyncDisposable {
  /** As a webhook of the repository would: the controller finds a push by itself, too, but later. */
  pushed(): void;
  /** The path of the object that delivers an environment. */
  targetPath(environment: ExampleEnvironment): string;
}

export interface ControllerSetting {
  readonly client: KubeClient;
  readonly kubeconfig: string;
  readonly repositoryUrl: string;
}
