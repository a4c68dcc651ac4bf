import type { Pair, YAMLMap } from 'yaml';
import type { Splice } from '../desired-state/apply-splices.ts';
import { appendedEntries, type ListEntry } from './appended-entries.ts';
import type { ImagePin } from './image-pin.ts';

/** Adds pins after the last entry of `images`. `undefined` where that needs a person. */
export function appendedImages(
  text: string,
  { root, images }: { readonly root: YAMLMap; readonly images: Pair | undefined },
  pins: readonly ImagePin[],
): readonly Splice[] | undefined {
  return appendedEntries(text, { root, name: 'images', pair: images }, pins.map(entryOf));
}

/** The entry that the appended text must come to. */
export function entryOf({ image, repository, digest }: ImagePin): ListEntry {
  const renamed = image === repository ? [] : ([['newName', repository]] as const);
  return [['name', image], ...renamed, ['digest', digest]];
}
