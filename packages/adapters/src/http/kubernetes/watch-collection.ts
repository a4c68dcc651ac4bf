import { ApiException } from '@kubernetes/client-node';
import type { JsonObject } from '@fairlead/domain';
import { isObject, readItem, type CollectionItem } from './collection-item.ts';
import { unexpectedAnswer } from './unexpected-answer.ts';
import type { KubernetesWire } from './kubernetes-wire.ts';
import type { Collection } from './list-collection.ts';
import { LineSplitter } from './split-lines.ts';

export interface WatchedCollection {
  readonly collection: Collection;
  /** Changes after it are told. */
  readonly resourceVersion: string;
  /** Without a word for so long, a connection is dead. */
  readonly silenceMs: number;
  readonly signal: AbortSignal;
}

/** What a watch tells, a bookmark with its resourceVersion alone. */
export type WatchEvent =
  | { readonly kind: 'opened' }
  | { readonly kind: 'applied' | 'deleted'; readonly item: CollectionItem }
  | { readonly kind: 'bookmark'; readonly resourceVersion: string };

/** Servers end a watch after some minutes, and this one when we ask for it; random, so that the watches of a cluster don't all end at once. */
const leastSeconds = 240;
/** The largest object that etcd takes is a tenth of it. */
const longestFrame = 32 << 20;

/** Tells what happens until the connection ends, in whatever way: what a broken one didn't say is told by the next. Throws where the server refuses, ends the watch
 *  by an error event, or says what can't be understood. */
export async function watchCollection(wire: KubernetesWire, watched: WatchedCollection, tell: (event: WatchEvent) => void): Promise<void> {
  const { collection, resourceVersion, silenceMs, signal } = watched;
  const ended = new AbortController();
  const query = { watch: true, resourceVersion, allowWatchBookmarks: true, timeoutSeconds: Math.round(leastSeconds * (1 + Math.random())) };
  const accept = collection.accept === undefined ? {} : { accept: collection.accept.watch };
  const body = await wire.open({ path: collection.path, ...accept, query, signal: AbortSignal.any([signal, ended.signal]) });
  tell({ kind: 'opened' });
  let heardAt = performance.now();
  const watchdog = setInterval(() => {
    if (performance.now() - heardAt > silenceMs) ended.abort();
  }, silenceMs / 4);
  const lines = new LineSplitter(longestFrame);
  try {
    for await (const piece of endingQuietly(body)) {
      heardAt = performance.now();
      for (const line of lines.push(piece)) tell(readFrame(line));
    }
  } finally {
    clearInterval(watchdog);
    ended.abort();
  }
}

/** A connection that breaks and one that is closed in order are the same to a watch. */
async function* endingQuietly(body: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const pieces = body[Symbol.asyncIterator]();
  for (;;) {
    const next = await pieces.next().catch(() => ({ done: true, value: undefined }) as const);
    if (next.done === true) return;
    yield next.value;
  }
}

function readFrame(line: string): Exclude<WatchEvent, { readonly kind: 'opened' }> {
  const { type, object } = parsed(line);
  if (type === 'ADDED' || type === 'MODIFIED') return { kind: 'applied', item: itemOf(object) };
  if (type === 'DELETED') return { kind: 'deleted', item: itemOf(object) };
  if (type === 'BOOKMARK') return { kind: 'bookmark', resourceVersion: versionOf(object) };
  throw type === 'ERROR' ? refusal(object) : unexpectedAnswer('an event of an unknown type');
}

function parsed(line: string): JsonObject {
  try {
    const value: unknown = JSON.parse(line);
    if (isObject(value)) return value;
  } catch {
    // The parser's own message quotes the object.
  }
  throw unexpectedAnswer('an event that is no JSON object');
}

function itemOf(object: unknown): CollectionItem {
  const item = readItem(object);
  if (item === undefined) throw unexpectedAnswer('an object without identity');
  return item;
}

function versionOf(object: unknown): string {
  const metadata = isObject(object) ? object['metadata'] : undefined;
  const version = isObject(metadata) ? metadata['resourceVersion'] : undefined;
  if (typeof version !== 'string') throw unexpectedAnswer('a bookmark without resourceVersion');
  return version;
}

/** The `Status` of an error event, as if the watch had been refused with it. */
function refusal(object: unknown): Error {
  const status = isObject(object) ? object : {};
  const code = typeof status['code'] === 'number' ? status['code'] : 500;
  return new ApiException(code, 'refused', status, {});
}
