import { type ResourceType } from '../kube/discovery.ts';
import { type KubeClient } from '../kube/kube-client.ts';
import { nameOf, namespaceOf, type KubeObject } from '../kube/kube-object.ts';
import { watchKind } from '../kube/watch-kind.ts';

/** What objects went through, oldest first. */
export interface SeenStates {
  readonly states: readonly KubeObject[];
  /** Waits for a state that satisfies, beginning with the present one of each object. */
  until(wanted: (object: KubeObject) => boolean): Promise<KubeObject>;
}

export interface SeeOptions {
  readonly client: KubeClient;
  readonly kinds: readonly ResourceType[];
  readonly signal: AbortSignal;
}

export async function seeStates({ client, kinds, signal }: SeeOptions): Promise<SeenStates> {
  const states: KubeObject[] = [];
  const waiting = new Set<(object: KubeObject) => void>();
  const onChange = (object: KubeObject): void => {
    states.push(object);
    for (const hear of waiting) hear(object);
  };
  const onList = (listed: readonly KubeObject[]): void => {
    listed.forEach(onChange);
  };
  const sink = { onList, onChange, onDelete: (): undefined => undefined };
  await Promise.all(kinds.map((type) => watchKind({ client, type, signal, sink })));
  return {
    states,
    until: (wanted) =>
      new Promise((resolve) => {
        const hear = (object: KubeObject): void => {
          if (!wanted(object)) return;
          waiting.delete(hear);
          resolve(object);
        };
        waiting.add(hear);
        const latest = new Map(states.map((object) => [`${object.kind} ${namespaceOf(object)}/${nameOf(object)}`, object]));
        latest.forEach(hear);
      }),
  };
}
