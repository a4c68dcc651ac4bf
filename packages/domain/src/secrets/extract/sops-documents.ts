import type { ManifestLeaf } from '../../desired-state/manifest-leaf.ts';
import { isSopsValue } from '../ciphertext.ts';
import { namedValue } from '../named-literal.ts';
import { ownerOf, textOf, type Extractor, type LeafHit, type ScannedDocument } from '../scan-hit.ts';
import { isForged } from './secret-objects.ts';

/** What SOPS left in clear, and what only looks as if SOPS had written it. */
export const sopsDocuments: Extractor = (document) => {
  const ofSecrets = secretData(document);
  const own = document.leaves.filter((leaf) => leaf.path[0] !== 'sops' && !ofSecrets.has(leaf));
  const forged = own.filter((leaf) => isForged(textOf(leaf)));
  const hits: LeafHit[] = forged.map((leaf) => ({
    rule: 'S03',
    leaf,
    message: `${nameOf(leaf)} looks like SOPS ciphertext and can't be decrypted`,
  }));
  return document.sealed ? [...hits, ...clearLeaves(document, own), ...hiddenImages(document)] : hits;
};

function clearLeaves(document: ScannedDocument, own: readonly ManifestLeaf[]): readonly LeafHit[] {
  const named = own.filter(isClear);
  const hits: LeafHit[] = named.map((leaf) => ({
    rule: 'S02',
    leaf,
    message: `the file is encrypted with SOPS, but ${nameOf(leaf)} is in clear`,
  }));
  if (hits.length > 0 || document.leaves.some((leaf) => leaf.path[0] !== 'sops' && isSopsValue(textOf(leaf)))) return hits;
  const content = own.find((leaf) => !isFrame(leaf) && textOf(leaf) !== '');
  if (content === undefined) return hits;
  return [{ rule: 'S02', leaf: content, message: 'the file has the metadata of SOPS and not one encrypted value', value: '' }];
}

function isClear(leaf: ManifestLeaf): boolean {
  if (typeof leaf.value !== 'string' && typeof leaf.value !== 'number') return false;
  const name = nameOf(leaf).replace(/[_-]?unencrypted[_-]?/i, '');
  const value = namedValue(name, textOf(leaf));
  return value === 'literal' || value === 'hash';
}

const workloads = /^(?:Deployment|StatefulSet|DaemonSet|ReplicaSet|Pod|Job|CronJob|Rollout)$/;

function hiddenImages({ objects }: ScannedDocument): readonly LeafHit[] {
  return objects
    .filter(({ kind }) => workloads.test(kind))
    .flatMap((object) => {
      const hidden = object.leaves.find(({ leaf, rest }) => isPodField(rest) && isSopsValue(textOf(leaf)));
      if (hidden === undefined) return [];
      const message = `${ownerOf(object)} is encrypted where it says what runs, so nobody can tell which image that is`;
      return [{ rule: 'S19', leaf: hidden.leaf, message, object }];
    });
}

function isPodField(rest: ManifestLeaf['path']): boolean {
  return rest.at(-1) === 'image' || (rest.at(-1) === 'value' && rest.at(-3) === 'env');
}

/** Judged as a Secret's, whatever their names. */
function secretData({ objects }: ScannedDocument): ReadonlySet<ManifestLeaf> {
  const secrets = objects.filter(({ kind }) => kind === 'Secret').flatMap(({ leaves }) => leaves);
  return new Set(secrets.filter(({ place }) => /^(?:data|stringData)\//.test(place)).map(({ leaf }) => leaf));
}

function isFrame({ path }: ManifestLeaf): boolean {
  return ['apiVersion', 'kind', 'metadata', 'type'].includes(String(path[0]));
}

function nameOf({ path }: ManifestLeaf): string {
  return path.findLast((step) => typeof step === 'string') ?? 'a value';
}
