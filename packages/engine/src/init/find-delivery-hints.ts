import { decodeUtf8, deliveryHints, readManifestFile, type DeliveryHint } from '@fairlead/domain';
import type { PathTree } from '../ports/file-snapshot.ts';

const mentions = /argoproj\.io\/|kustomize\.toolkit\.fluxcd\.io\//;
/** In bytes: larger ones are generated, and hold no Application. */
const largest = 512 * 1024;

/** What in the files points a controller at a folder. */
export async function findDeliveryHints(files: PathTree, paths: readonly string[]): Promise<readonly DeliveryHint[]> {
  const hints: DeliveryHint[] = [];
  for (const path of paths.filter((candidate) => /\.ya?ml$/.test(candidate))) {
    const answer = await files.look(path);
    if (answer.kind !== 'file' || answer.bytes.length > largest) continue;
    const text = decodeUtf8(answer.bytes);
    const read = text !== undefined && mentions.test(text) ? readManifestFile(text, path) : undefined;
    if (read?.kind === 'read') hints.push(...read.documents.flatMap(({ leaves }) => deliveryHints(leaves)));
  }
  return hints;
}
