import { type Discovery } from '../../kube/discovery.ts';
import { type KubeClient } from '../../kube/kube-client.ts';
import { watchKind, type WatchSink } from '../../kube/watch-kind.ts';
import { objectIndex, type KindName, type ObjectIndex } from './object-index.ts';

/** What is live in one cluster, of the kinds that matter, kept current by watches. */
export interface LiveState extends ObjectIndex {
  /** Resolves when all of the kinds have been listed; kinds that the server doesn't have are left out. */
  watch(kinds: Iterable<KindName>): Promise<void>;
}

export interface LiveStateOptions {
  readonly client: KubeClient;
  readonly discovery: Discovery;
  readonly signal: AbortSignal;
  /** An application's objects, or something they own, changed. */
  readonly onChange: (application: string) => void;
}

export function liveState({ client, discovery, signal, onChange }: LiveStateOptions): LiveState {
  const index = objectIndex(onChange);
  const watched = new Map<string, Promise<void>>();

  const watchOne = async (kind: KindName): Promise<void> => {
    const type = await discovery.find(kind.apiVersion, kind.kind);
    if (type?.verbs.includes('watch') !== true) {
      // It may come with its definition: asked again the next time.
      watched.delete(nameOfKind(kind));
      return;
    }
    const sink: WatchSink = {
      onList: (listed) => {
        index.replaceAll(kind, listed);
      },
      onChange: (object) => {
        index.put(object);
      },
      onDelete: (object) => {
        index.remove(object);
      },
    };
    await watchKind({ client, type, signal, sink });
  };

  return {
    ...index,
    async watch(kinds) {
      const needed = [...kinds].map((kind) => {
        const listed = watched.get(nameOfKind(kind)) ?? watchOne(kind);
        watched.set(nameOfKind(kind), listed);
        return listed;
      });
      await Promise.all(needed);
    },
  };
}

function nameOfKind({ apiVersion, kind }: KindName): string {
  return `${apiVersion} ${kind}`;
}
