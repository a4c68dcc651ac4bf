import type { ResourceType } from '../../kube/discovery.ts';
import { KubeApiError, type KubeClient, type KubeRequest } from '../../kube/kube-client.ts';
import type { KubeObject } from '../../kube/kube-object.ts';
import { watchKind } from '../../kube/watch-kind.ts';

/** Something that a cluster has beside its control plane, and that answers objects of one kind. */
export interface Operator {
  /** As which it writes. */
  readonly manager: string;
  readonly type: Omit<ResourceType, 'verbs'>;
  /** What to send because the object is as it is; nothing once it was answered, since each answer brings the object again. */
  readonly answer: (object: KubeObject) => readonly KubeRequest[];
}

/** Answers until the signal; resolves when it has seen what is there. */
export async function operate(client: KubeClient, { manager, type, answer }: Operator, signal: AbortSignal): Promise<void> {
  const hear = (object: KubeObject): void => {
    void (async () => {
      for (const request of answer(object)) {
        await client.send({ ...request, query: { fieldManager: manager, ...request.query } }).catch(orLater);
      }
    })();
  };
  const onList = (objects: readonly KubeObject[]): void => {
    objects.forEach(hear);
  };
  await watchKind({ client, type: { ...type, verbs: [] }, signal, sink: { onList, onChange: hear, onDelete: () => undefined } });
}

/** The object changed or went, or somebody was quicker: its next event brings it again. A cluster that is going away needs no answer. */
function orLater(error: unknown): void {
  if (error instanceof KubeApiError && ![404, 409].includes(error.status)) throw error;
}
