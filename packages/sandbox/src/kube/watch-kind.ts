import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

import { isJsonObject, listAt, parseJson, textAt, withValue } from '../json/json.ts';
import { collectionPath, type ResourceType } from './discovery.ts';
import { KubeApiError, type KubeClient } from './kube-client.ts';
import { isKubeObject, type KubeObject } from './kube-object.ts';

/** What a watch tells: everything that is there, then each change. A list comes again whenever the server has forgotten our place. */
export interface WatchSink {
  readonly onList: (objects: readonly KubeObject[]) => void;
  readonly onChange: (object: KubeObject) => void;
  readonly onDelete: (object: KubeObject) => void;
}

export interface WatchOptions {
  readonly client: KubeClient;
  readonly type: ResourceType;
  /** All namespaces when empty. */
  readonly namespace?: string;
  readonly sink: WatchSink;
  readonly signal: AbortSignal;
}

const retryMs = 200;

/** Lists and watches until the signal; resolves after the first list. */
export function watchKind(options: WatchOptions): Promise<void> {
  return new Promise((resolve) => {
    void follow(options, resolve);
  });
}

async function follow(options: WatchOptions, onFirstList: () => void): Promise<void> {
  let version: string | undefined;
  while (!options.signal.aborted) {
    try {
      version ??= await list(options);
      onFirstList();
      version = await watchFrom(options, version);
    } catch (error) {
      // Whatever broke the watch, a new list repairs what was missed.
      if (error instanceof KubeApiError && error.status === 404) onFirstList();
      version = undefined;
      await delay(retryMs, undefined, { signal: options.signal }).catch(() => undefined);
    }
  }
  onFirstList();
}

async function list({ client, type, namespace, sink }: WatchOptions): Promise<string> {
  const answer = await client.send({ verb: 'GET', path: collectionPath(type, namespace) });
  // Items of a list carry no kind of their own.
  sink.onList(
    listAt(answer, 'items').flatMap((item) => {
      const object = isJsonObject(item) ? withValue(withValue(item, ['apiVersion'], type.apiVersion), ['kind'], type.kind) : item;
      return isKubeObject(object) ? [object] : [];
    }),
  );
  return textAt(answer, 'metadata', 'resourceVersion') ?? '';
}

async function watchFrom(options: WatchOptions, version: string): Promise<string | undefined> {
  const { client, type, namespace, signal } = options;
  const query = { watch: 'true', resourceVersion: version, allowWatchBookmarks: 'true' };
  const body = await client.stream(collectionPath(type, namespace), query, signal);
  let last: string | undefined = version;
  for await (const line of createInterface(body)) {
    if (line !== '') last = take(options.sink, line);
    if (last === undefined) break;
  }
  body.destroy();
  return last;
}

/** The place to go on from, or undefined when only a new list helps. */
function take(sink: WatchSink, line: string): string | undefined {
  const event = parseJson(line);
  const object = isJsonObject(event) ? event['object'] : undefined;
  const type = textAt(event, 'type');
  if (!isKubeObject(object) || type === 'ERROR') return undefined;
  if (type === 'DELETED') sink.onDelete(object);
  else if (type !== 'BOOKMARK') sink.onChange(object);
  return textAt(object.metadata, 'resourceVersion');
}
