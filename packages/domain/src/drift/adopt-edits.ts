import { isScalar } from 'yaml';
import type { Edit } from '../desired-state/edit.ts';
import { printDocument } from '../document/print-document.ts';
import { RepoPath } from '../document/repo-path.ts';
import type { JsonObject } from '../document/json.ts';
import { appendedEntries } from '../promotion/appended-entries.ts';
import { readOverlay } from '../promotion/overlay.ts';
import type { DriftItem } from './drift-item.ts';

/** What is to be written, or why a person has to. */
export type AdoptEdits =
  { readonly kind: 'edits'; readonly edits: readonly Edit[] } | { readonly kind: 'refused'; readonly message: string };

interface Place {
  readonly item: Pick<DriftItem, 'id' | 'object'>;
  /** The environment's kustomization. */
  readonly kustomization: { readonly path: RepoPath; readonly text: string };
  readonly patch: JsonObject;
}

/** A patch file of its own beside the kustomization, and an entry for it after its last patch: later patches win. */
export function adoptEdits({ item, kustomization, patch }: Place): AdoptEdits {
  const overlay = readOverlay(kustomization.text);
  if (typeof overlay === 'string') return { kind: 'refused', message: `${kustomization.path} can't be edited: ${overlay}` };
  const name = patchFile(item);
  const pair = overlay.root.items.find(({ key }) => isScalar(key) && key.value === 'patches');
  const splices = appendedEntries(kustomization.text, { root: overlay.root, name: 'patches', pair }, [[['path', name]]]);
  if (splices === undefined)
    return { kind: 'refused', message: `a person has to add a patch to ${kustomization.path}: it isn't a plain list` };
  const folder = kustomization.path.slice(0, kustomization.path.lastIndexOf('/') + 1);
  const splice = splices.map((one): Edit => ({ kind: 'splice', path: kustomization.path, ...one }));
  return { kind: 'edits', edits: [...splice, { kind: 'write', path: RepoPath.parse(`${folder}${name}`), text: printDocument(patch) }] };
}

function patchFile({ id, object: { kind, name } }: Place['item']): string {
  const words = `${kind}-${name}`.toLowerCase().replaceAll(/[^a-z0-9.-]+/g, '-');
  return `patches/adopt-${words}-${id.slice(2, 10)}.yaml`;
}
