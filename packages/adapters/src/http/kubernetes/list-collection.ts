import { kubernetesStatus } from '../kubernetes-fault.ts';
import { isObject, readItem, type CollectionItem } from './collection-item.ts';
import { AnswerTooLong, type KubernetesWire } from './kubernetes-wire.ts';
import { unexpectedAnswer } from './unexpected-answer.ts';

export interface Collection {
  readonly path: string;
  /** Which representations are asked for. Default: whole objects. */
  readonly accept?: { readonly list: string; readonly watch: string };
  /** A longer page is asked for again, smaller. */
  readonly longestPage?: number;
}

/** As many as `kubectl` asks for. */
const pageSize = 500;
/** A page of typical objects has a tenth of it; objects of a megabyte come in smaller pages. */
const longestPage = 48 << 20;
const restarts = 3;

interface Listing {
  readonly collection: Collection;
  readonly take: (item: CollectionItem) => void;
  readonly signal?: AbortSignal;
}

/** Every object of a collection, in pages; says at which resourceVersion. Where the server has forgotten the place in the list, it starts over, so an object may
 *  be taken twice. */
export async function listCollection(wire: KubernetesWire, listing: Listing): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await allPages(wire, listing);
    } catch (cause) {
      // Twice in a row, unless its pages take minutes.
      if (kubernetesStatus(cause) !== 410 || attempt > restarts) throw cause;
    }
  }
}

async function allPages(wire: KubernetesWire, { collection, take, signal }: Listing): Promise<string> {
  let after: string | undefined;
  let limit = pageSize;
  for (;;) {
    const page = await onePage(wire, {
      collection,
      limit,
      ...(after === undefined ? {} : { after }),
      ...(signal === undefined ? {} : { signal }),
    });
    if (page === 'too-long') {
      limit = Math.max(1, Math.floor(limit / 8));
      continue;
    }
    for (const item of page.items) take(item);
    if (page.next === undefined) return page.resourceVersion;
    after = page.next;
  }
}

interface PageRequest {
  readonly collection: Collection;
  readonly limit: number;
  readonly after?: string;
  readonly signal?: AbortSignal;
}

interface Page {
  readonly items: readonly CollectionItem[];
  readonly resourceVersion: string;
  readonly next: string | undefined;
}

async function onePage(wire: KubernetesWire, { collection, limit, after, signal }: PageRequest): Promise<Page | 'too-long'> {
  const query = { limit, continue: after };
  const accept = collection.accept === undefined ? {} : { accept: collection.accept.list };
  const request = {
    path: collection.path,
    ...accept,
    query,
    maxBytes: collection.longestPage ?? longestPage,
    ...(signal === undefined ? {} : { signal }),
  };
  try {
    return readPage((await wire.ask(request)).body);
  } catch (cause) {
    if (cause instanceof AnswerTooLong && limit > 1) return 'too-long';
    throw cause;
  }
}

function readPage(body: unknown): Page {
  const list = isObject(body) ? body : {};
  const metadata = isObject(list['metadata']) ? list['metadata'] : {};
  // Where a collection is empty, some servers say `null`.
  const items: unknown = list['items'] ?? [];
  if (!Array.isArray(items)) throw unexpectedAnswer('no list of objects');
  const read = items.map((item: unknown) => readItem(item) ?? refuse());
  const next = metadata['continue'];
  const version = metadata['resourceVersion'];
  return {
    items: read,
    resourceVersion: typeof version === 'string' ? version : '',
    next: typeof next === 'string' && next !== '' ? next : undefined,
  };
}

function refuse(): never {
  throw unexpectedAnswer('an object without identity');
}
