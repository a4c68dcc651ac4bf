import type { ObjectSha } from '@fairlead/domain';
import { NotFoundError, UpstreamError } from '@fairlead/domain';
import type { ObjectReader } from './object-reader.ts';
import { type TreeEntry, treeEntries } from './tree-entries.ts';

const keptTrees = 20_000;

/** Brings what a partial mirror left out; where nothing is left out, a missing object is an error. */
export type FetchMissing = (blobs: readonly ObjectSha[]) => Promise<void>;

/** Trees and blobs of one repository; trees are cached, since they never change. */
export interface TreeReader {
  tree(sha: ObjectSha): Promise<readonly TreeEntry[]>;
  /** `near`: the folder it lies in, whose other missing files come along. */
  blob(sha: ObjectSha, near: ObjectSha): Promise<Buffer>;
  /** Fetches those that aren't here. */
  ensureBlobs(blobs: readonly ObjectSha[]): Promise<void>;
}

export function treeReader(objects: ObjectReader, fetchMissing: FetchMissing): TreeReader {
  const kept = new Map<ObjectSha, Promise<readonly TreeEntry[]>>();

  /** On their way: who asks for one meanwhile waits for it, and doesn't ask again. */
  const coming = new Map<ObjectSha, Promise<void>>();

  function bring(blobs: readonly ObjectSha[]): void {
    const brought = fetchMissing(blobs).finally(() => {
      for (const blob of blobs) coming.delete(blob);
    });
    for (const blob of blobs) coming.set(blob, brought);
  }

  async function ensureBlobs(blobs: readonly ObjectSha[]): Promise<void> {
    const found = await Promise.all(blobs.map(async (blob) => ({ blob, object: await objects.identify(blob) })));
    const missing = found.filter(({ object }) => object === 'missing').map(({ blob }) => blob);
    const unasked = missing.filter((blob) => !coming.has(blob));
    if (unasked.length > 0) bring(unasked);
    await Promise.all(missing.flatMap((blob) => coming.get(blob) ?? []));
  }

  const reader: TreeReader = {
    ensureBlobs,
    tree(sha) {
      const known = kept.get(sha);
      if (known !== undefined) return known;
      const read = readTree(objects, sha);
      kept.set(sha, read);
      read.catch(() => kept.delete(sha));
      const oldest = kept.keys().next().value;
      if (kept.size > keptTrees && oldest !== undefined) kept.delete(oldest);
      return read;
    },
    async blob(sha, near) {
      const found = await objects.read(sha);
      if (found !== 'missing') return found.bytes;
      await ensureBlobs([...new Set([sha, ...(await blobsBelow(reader, near))])]);
      const fetched = await objects.read(sha);
      if (fetched === 'missing') throw missingObject(sha);
      return fetched.bytes;
    },
  };
  return reader;
}

export function missingObject(sha: string): NotFoundError {
  return new NotFoundError('object-unknown', `the repository has no object ${sha}`);
}

async function readTree(objects: ObjectReader, sha: ObjectSha): Promise<readonly TreeEntry[]> {
  const object = await objects.read(sha);
  if (object === 'missing') throw missingObject(sha);
  if (object.type === 'tree') return treeEntries(object.bytes);
  throw new UpstreamError('git-failed', `object ${sha} is a ${object.type}, not a tree`, { provider: 'git', retryable: false });
}

const blobsAtOnce = 2_000;

async function blobsBelow(reader: TreeReader, folder: ObjectSha): Promise<readonly ObjectSha[]> {
  const blobs: ObjectSha[] = [];
  const folders = [folder];
  for (let next = folders.shift(); next !== undefined && blobs.length < blobsAtOnce; next = folders.shift()) {
    const entries = await reader.tree(next);
    blobs.push(...entries.filter(({ kind }) => kind === 'file' || kind === 'executable').map(({ sha }) => sha));
    folders.push(...entries.filter(({ kind }) => kind === 'directory').map(({ sha }) => sha));
  }
  return blobs;
}
