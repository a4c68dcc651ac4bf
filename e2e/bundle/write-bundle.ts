import {
  bundleFiles,
  bundleGaps,
  bundleManifest,
  bundlePage,
  inBundleOrder,
  manifestFile,
  tarPieces,
  type BundleAudience,
  type BundleContents,
  type BundledRecord,
  type BundleFile,
  type BundleSubject,
  type Json,
  type NewEvidence,
} from '@fairlead/domain';
import type { SeededKey } from './evidence-world.ts';
import { environment, promotionId, release, time, type Story } from './story.ts';

const subject: BundleSubject = { at: time(30), service: 'shop', environment, release, promotion: promotionId };

export interface WriteOptions {
  readonly audience?: BundleAudience;
  readonly size?: number;
  /** The size of an earlier checkpoint. */
  readonly since?: number;
  /** Makes a dishonest bundle: of the records, the documents, the files, before they are signed for. */
  readonly records?: (records: readonly BundledRecord[]) => readonly BundledRecord[];
  readonly documents?: readonly Json[];
  readonly checkpoint?: string;
  readonly files?: (files: readonly BundleFile[]) => readonly BundleFile[];
  readonly manifest?: (manifest: NewEvidence) => NewEvidence;
  readonly key?: SeededKey;
}

/** A story's bundle by the product's writer, with its manifest signed. */
export function writeBundle(story: Story, options: WriteOptions = {}): readonly BundleFile[] {
  const { contents, missing } = contentsOf(story, options);
  const written = bundleFiles(contents);
  const files = options.files?.(written) ?? written;
  const evidence = bundleManifest(subject, { contents, files, missing });
  const manifest = options.manifest?.(evidence) ?? evidence;
  return inBundleOrder(manifestFile(story.world.sign(manifest, options.key).bundle), files);
}

function contentsOf(story: Story, options: WriteOptions): { readonly contents: BundleContents; readonly missing: readonly string[] } {
  const { world } = story;
  const { audience = 'full', size = world.size, since, checkpoint = world.checkpoint(size) } = options;
  const own = story.records.map((record) => world.bundled(record, size));
  const records = options.records === undefined ? own : options.records(own);
  const missing = bundleGaps(records);
  const { log, recordKeys } = world.keys();
  const contents: BundleContents = {
    ...{ audience, checkpoint, size, records },
    documents: options.documents ?? story.documents,
    page: bundlePage({ subject, audience, origin: world.origin, size, records, missing }),
    keys: { log: { ...log }, recordKeys: recordKeys.map((key) => ({ ...key })) },
    ...(since === undefined ? {} : { earlier: world.continues(since, size) }),
  };
  return { contents, missing };
}

export function tarOf(files: readonly BundleFile[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat([...tarPieces(files)]));
}

/** One file's bytes changed. */
export function withFile(files: readonly BundleFile[], path: string, change: (bytes: Uint8Array) => Uint8Array): readonly BundleFile[] {
  return files.map((file) => (file.path === path ? { path, bytes: change(file.bytes) } : file));
}
