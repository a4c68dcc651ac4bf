import type { ClusterHand } from '@fairlead/sandbox';
import { z } from 'zod';
import { lookUntil, type Looking } from './look-until.ts';

/** What Argo CD says of an Application. */
export interface ApplicationWord {
  readonly sync: string;
  readonly health: string;
  readonly comparedAt: string;
}

export interface ApplicationAsked extends Looking {
  readonly application: { readonly namespace: string; readonly name: string };
  readonly hand: ClusterHand;
}

const Asked = z.object({
  metadata: z.object({ annotations: z.record(z.string(), z.string()).default({}) }),
  status: z.object({
    sync: z.object({ status: z.string() }),
    health: z.object({ status: z.string().default('Unknown') }),
    reconciledAt: z.string(),
  }),
});

const refresh = 'argocd.argoproj.io/refresh';

/** Has it compare with the cluster again, as `argocd app get --refresh` does, and gives its word when it has settled. */
export async function refreshedWord({ application, hand, ...looking }: ApplicationAsked): Promise<ApplicationWord> {
  const path = `/apis/argoproj.io/v1alpha1/namespaces/${application.namespace}/applications/${application.name}`;
  await hand.patch(path, { metadata: { annotations: { [refresh]: 'normal' } } }, 'argocd');
  const look = async (): Promise<z.infer<typeof Asked>> => Asked.parse(await hand.get(path));
  // It takes the annotation away when it has compared; a rollout that began meanwhile is not its last word.
  const { status } = await lookUntil(
    looking,
    look,
    ({ metadata, status: { health } }) => metadata.annotations[refresh] === undefined && health.status === 'Healthy',
  );
  return { sync: status.sync.status, health: status.health.status, comparedAt: status.reconciledAt };
}
