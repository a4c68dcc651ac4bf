import { bundlesIn, releaseSignatureFile, type Digest, type RepoPath, type ServiceName } from '@fairlead/domain';
import type { FileSnapshot, PathTree } from '../ports/file-snapshot.ts';
import type { ImageSignatures } from './verify-release.ts';
import type { FoundMaterial } from './verify-signers.ts';

/** What lies beside a manifest. */
export async function keptManifestSignatures(files: FileSnapshot, manifest: RepoPath): Promise<readonly FoundMaterial[]> {
  return bundlesAt(files, releaseSignatureFile(manifest));
}

/** What a service root keeps in `releases/<service>/attestations/sha256-<hex>….json` (or `.jsonl`, a bundle a line). An image without any is looked for
 *  nowhere else: whether a registry has some takes the network. */
export function keptImageSignatures(
  files: PathTree,
  { root, service }: { readonly root: string; readonly service: ServiceName },
): ImageSignatures {
  const folder = `${root === '' ? '' : `${root}/`}releases/${service}/attestations`;
  return {
    async of({ digest }) {
      const listed = await files.files(folder);
      const paths = listed === 'absent' ? [] : listed.map(({ path }) => path).filter((path) => isOf(path, folder, digest));
      const found = await Promise.all(paths.map((path) => bundlesAt(files, path)));
      return found.length > 0 ? found.flat() : { unknown: `no signatures are kept in ${folder}, and asking registries takes the network` };
    },
  };
}

/** `gh attestation download` names its files `sha256:<hex>.jsonl`. */
function isOf(path: string, folder: string, digest: Digest): boolean {
  const name = path.slice(folder.length + 1);
  return /^[^/]+\.jsonl?$/.test(name) && [digest, digest.replace(':', '-')].some((start) => name.startsWith(start));
}

async function bundlesAt(files: FileSnapshot, path: string): Promise<readonly FoundMaterial[]> {
  const answer = await files.look(path);
  if (answer.kind !== 'file') return [];
  const bundles = bundlesIn(answer.bytes);
  return bundles.map((bytes, at) => ({
    name: bundles.length === 1 ? path : `${path}:${String(at + 1)}`,
    material: { kind: 'bundle', bytes },
  }));
}
