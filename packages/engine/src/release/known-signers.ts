import type { RepoPath, SignerName, TrustedSigner } from '@fairlead/domain';
import type { SignerTrust } from '../ports/attestor.ts';
import type { FileSnapshot } from '../ports/file-snapshot.ts';
import type { KnownSigner } from './verify-signers.ts';

/** The signers of these names, with the files that they are known by. `root`: the service root, '' for the repository's. */
export async function knownSigners(
  { files, root }: { readonly files: FileSnapshot; readonly root: string },
  signers: readonly TrustedSigner[],
  names: readonly SignerName[],
): Promise<readonly KnownSigner[]> {
  const meant = signers.filter(({ name }) => names.includes(name));
  return Promise.all(meant.map(async (signer) => ({ ...signer, trust: await trustOf(signer, (path) => read(files, below(root, path))) })));
}

type Read = (path: RepoPath) => Promise<Uint8Array | string>;

async function trustOf({ key, trustedRoot }: TrustedSigner, readFile: Read): Promise<KnownSigner['trust']> {
  const keyBytes = key === undefined ? undefined : await readFile(key);
  const rootBytes = trustedRoot === undefined ? undefined : await readFile(trustedRoot);
  for (const bytes of [keyBytes, rootBytes]) if (typeof bytes === 'string') return { kind: 'unusable', because: bytes };
  return trustIn(keyBytes, rootBytes) ?? { kind: 'unusable', because: 'neither a key nor a trusted root is given' };
}

function trustIn(key: Uint8Array | string | undefined, trustedRoot: Uint8Array | string | undefined): SignerTrust | undefined {
  const [keyBytes, rootBytes] = [typeof key === 'string' ? undefined : key, typeof trustedRoot === 'string' ? undefined : trustedRoot];
  if (keyBytes !== undefined) return { kind: 'key', key: keyBytes, ...(rootBytes === undefined ? {} : { trustedRoot: rootBytes }) };
  return rootBytes === undefined ? undefined : { kind: 'keyless', trustedRoot: rootBytes };
}

async function read(files: FileSnapshot, path: string): Promise<Uint8Array | string> {
  const answer = await files.look(path);
  return answer.kind === 'file' ? answer.bytes : `${path} is ${answer.kind === 'absent' ? 'not there' : `a ${answer.kind}`}`;
}

function below(root: string, path: string): string {
  return root === '' ? path : `${root}/${path}`;
}
