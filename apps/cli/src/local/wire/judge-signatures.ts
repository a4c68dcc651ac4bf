import { basename } from 'node:path';
import { sigstoreAttestor } from '@fairlead/adapters/signatures';
import { bundlesIn, RepoPath, signatureDemands, SignerName, type ReleaseManifest, type SignatureDemands } from '@fairlead/domain';
import {
  keptImageSignatures,
  registrySignatures,
  verifyRelease,
  type FoundMaterial,
  type ImageSignatures,
  type PathTree,
  type ReleaseToVerify,
  type SignatureCheck,
} from '@fairlead/engine';
import type { Terminal } from '../../terminal.ts';
import { UsageError } from '../../usage-error.ts';
import { environmentNamed } from '../environment-named.ts';
import { readBytes } from '../read-bytes.ts';
import { openWorld } from '../wire.ts';
import { openRegistry } from './open-registry.ts';

export { signatureAdvice } from '@fairlead/engine';
export type { SignatureCheck };

export interface SignaturesAsked {
  /** Of the manifest, as it was named. */
  readonly place: string;
  readonly manifest: ReleaseManifest;
  readonly text: string;
  /** The public key, by its file. */
  readonly key?: string | undefined;
  readonly environment?: string | undefined;
  readonly signature?: string | undefined;
  readonly bundles: readonly string[];
  readonly registry: boolean;
}

/** Judges who signed a manifest and its images: by one key, or by the policy of an environment. */
export async function judgeSignatures(terminal: Terminal, asked: SignaturesAsked): Promise<readonly SignatureCheck[]> {
  const { place, manifest, text, signature = `${place}.sig.json` } = asked;
  const judged = asked.key === undefined ? await byPolicy(terminal, asked) : await byKey(terminal, asked, asked.key);
  const beside = judged.demands.manifest !== undefined || asked.signature !== undefined;
  const found = beside ? await bundlesOf(terminal, signature, asked.signature !== undefined) : [];
  await using attestor = sigstoreAttestor();
  return await verifyRelease(attestor, { manifest, bytes: Buffer.from(text), found, ...judged });
}

type Judged = Pick<ReleaseToVerify, 'demands' | 'images' | 'refs' | 'trust'>;

async function byKey(terminal: Terminal, { bundles, registry }: SignaturesAsked, key: string): Promise<Judged> {
  const name = signerNameOf(key);
  const file = RepoPath.parse('.fairlead/keys/key.pub');
  const bytes = await readBytes(terminal, key);
  const images = bundles.length > 0 || registry ? { images: [name] } : {};
  return {
    demands: { signers: [{ name, key: file }], manifest: [name], ...images },
    images: await imagesOf(terminal, { bundles, registry }, nothingKept),
    refs: [],
    trust: {
      root: '',
      files: { look: (path) => Promise.resolve(path === file ? { kind: 'file', bytes, digest: '' } : { kind: 'absent' }) },
    },
  };
}

async function byPolicy(terminal: Terminal, { environment: named, manifest, bundles, registry }: SignaturesAsked): Promise<Judged> {
  await using world = await openWorld(terminal);
  const { declared } = await environmentNamed(world, named);
  const { root, service, policy, environment } = declared;
  const demands = signatureDemands(policy.signatures, environment.spec.tier);
  if (demands === 'none') throw noDemand(environment.spec.tier);
  if (world.checkout === 'absent')
    throw new UsageError('this folder is under no Git repository', 'run it in the checkout that holds the policy');
  const files = world.checkout.files();
  const kept = keptImageSignatures(files, { root, service: manifest.metadata.service });
  return {
    demands,
    images: await imagesOf(terminal, { bundles, registry }, kept),
    refs: service.spec.source.refs,
    trust: { files: await held(files, root, demands), root: '' },
  };
}

/** `keys/ci.pub` is `ci`. */
function signerNameOf(file: string): SignerName {
  const named = SignerName.safeParse(basename(file).replace(/\..*$/, '').toLowerCase());
  return named.success ? named.data : SignerName.parse('key');
}

function noDemand(tier: string): UsageError {
  return new UsageError(
    `no policy asks for signatures in ${tier}`,
    'declare them under spec.signatures of a policy in .fairlead/policies, or judge by --key',
  );
}

/** The files of the signers, read while the checkout is open. */
async function held(files: PathTree, root: string, { signers }: SignatureDemands): Promise<ReleaseToVerify['trust']['files']> {
  const paths = signers.flatMap(({ key, trustedRoot }) => [key, trustedRoot].filter((path) => path !== undefined));
  const answers = new Map(
    await Promise.all(paths.map(async (path) => [String(path), await files.look(root === '' ? path : `${root}/${path}`)] as const)),
  );
  return { look: (path) => Promise.resolve(answers.get(path) ?? { kind: 'absent' }) };
}

const nothingKept: ImageSignatures = { of: () => Promise.resolve({ unknown: 'no bundle of it is given; --bundle or --registry' }) };

/** What was named on the command line, what a registry has, else what the repository keeps. */
async function imagesOf(
  terminal: Terminal,
  { bundles, registry }: Pick<SignaturesAsked, 'bundles' | 'registry'>,
  kept: ImageSignatures,
): Promise<ImageSignatures> {
  const named = (await Promise.all(bundles.map((file) => bundlesOf(terminal, file, true)))).flat();
  const remote = registry ? registrySignatures(await openRegistry(terminal)) : undefined;
  if (named.length === 0 && remote === undefined) return kept;
  return {
    async of(image) {
      const found = await remote?.of(image);
      return found === undefined || 'unknown' in found ? named : [...named, ...found];
    },
  };
}

async function bundlesOf(terminal: Terminal, file: string, mustBe: boolean): Promise<readonly FoundMaterial[]> {
  const bytes = mustBe ? await readBytes(terminal, file) : await readBytes(terminal, file).catch(() => undefined);
  if (bytes === undefined) return [];
  const bundles = bundlesIn(bytes);
  return bundles.map((bundle, at) => ({
    name: bundles.length === 1 ? file : `${file}:${String(at + 1)}`,
    material: { kind: 'bundle', bytes: bundle },
  }));
}
