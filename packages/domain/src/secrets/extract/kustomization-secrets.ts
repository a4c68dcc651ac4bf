import type { ManifestLeaf } from '../../desired-state/manifest-leaf.ts';
import { generatorLiterals } from '../generator-literals.ts';
import { secretValueKind } from '../secret-value.ts';
import { textOf, type Extractor, type LeafHit, type ScannedDocument } from '../scan-hit.ts';

/** What a kustomization makes Secrets of, and patches that write into them. */
export const kustomizationSecrets: Extractor = (document) => [...generated(document), ...patched(document)];

function generated({ file, leaves, objects }: ScannedDocument): readonly LeafHit[] {
  const [root] = objects;
  const is = root?.group === 'kustomize.config.k8s.io' || /(?:^|\/)kustomization(?:\.ya?ml)?$/i.test(file);
  if (!is) return [];
  return generatorLiterals(leaves).map(({ leaf, name, key }) => ({
    rule: 'S13',
    leaf,
    message: `the generator of Secret ${name} holds ${key} in clear`,
    value: textOf(leaf).slice(textOf(leaf).indexOf('=') + 1),
  }));
}

/** JSON patches: `{ op: add, path: /stringData/password, value: x }`. */
function patched({ leaves }: ScannedDocument): readonly LeafHit[] {
  if (!leaves.some(({ path }) => path.at(-1) === 'op')) return [];
  const places = new Map(leaves.map((leaf) => [leaf.path.join('/'), leaf]));
  return leaves.flatMap((leaf) => {
    const written = writtenBy(leaf, places);
    if (written === undefined || isOfConfigMap(places, leaf.path)) return [];
    const { field, name } = written;
    const encoding = field === 'data' ? 'base64' : 'text';
    const kind = secretValueKind({ text: textOf(leaf), encoding, key: name, sealed: false, vaultPath: false });
    const certain = field === 'stringData' || decodes(textOf(leaf));
    return kind === 'literal' && certain ? [{ rule: 'S13', leaf, message: `a patch writes ${name} into a Secret in clear` }] : [];
  });
}

type Places = ReadonlyMap<string, ManifestLeaf>;

/** Which field of a Secret the value of a patch's entry goes to. */
function writtenBy({ path }: ManifestLeaf, places: Places): { readonly field: string; readonly name: string } | undefined {
  const at = path.findLastIndex((step, index) => step === 'value' && typeof path[index - 1] === 'number');
  if (at < 0) return undefined;
  const entry = path.slice(0, at).join('/');
  const sibling = (field: string): string => textOf(places.get(`${entry}/${field}`) ?? { value: null });
  if (!/^(?:add|replace|test)$/.test(sibling('op'))) return undefined;
  const [, field, key] = /^\/(data|stringData)(?:\/(.+))?$/.exec(sibling('path')) ?? [];
  const name = key ?? String(path[at + 1] ?? '');
  return field === undefined || name === '' ? undefined : { field, name };
}

/** `data` alone may be a ConfigMap's, whose values are text. */
function decodes(text: string): boolean {
  return /^[A-Za-z0-9+/\s]{4,}={0,2}$/.test(text.trim()) && text.replaceAll(/\s/g, '').length % 4 === 0;
}

function isOfConfigMap(places: Places, path: ManifestLeaf['path']): boolean {
  const patch = path.indexOf('patch');
  return patch >= 0 && places.get([...path.slice(0, patch), 'target', 'kind'].join('/'))?.value === 'ConfigMap';
}
