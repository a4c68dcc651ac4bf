/** One file of a bundle. */
export interface BundleFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** The manifest first, the rest by name: one content has one archive. */
export function inBundleOrder(manifest: BundleFile, files: readonly BundleFile[]): readonly BundleFile[] {
  return [manifest, ...files.toSorted((left, right) => (left.path < right.path ? -1 : 1))];
}
