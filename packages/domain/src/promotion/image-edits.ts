import { isMap } from 'yaml';
import { applySplices, type Splice } from '../desired-state/apply-splices.ts';
import { jsonEquals } from '../document/json-equals.ts';
import type { JsonObject } from '../document/json.ts';
import { appendedImages, entryOf } from './appended-images.ts';
import { imageEntrySplices } from './image-entry-splices.ts';
import { type ImagePin, isEntryOf } from './image-pin.ts';
import { isObject, type OverlayImage, readOverlay } from './overlay.ts';

export type ImageEdits =
  | { readonly kind: 'edits'; readonly splices: readonly Splice[] }
  /** Two entries are one component's, or one entry is two components'. */
  | { readonly kind: 'ambiguous'; readonly components: readonly string[]; readonly entries: readonly string[] }
  | { readonly kind: 'not-editable'; readonly because: string };

/** Pins the components in the text of a `kustomization.yaml`, and touches nothing else: what the splices give is read again and
 *  must differ from what was there in the images alone. */
export function imageEdits(text: string, pins: readonly ImagePin[]): ImageEdits {
  const overlay = readOverlay(text);
  if (typeof overlay === 'string') return { kind: 'not-editable', because: overlay };
  const claims = overlay.entries.map((entry) => ({ entry, pins: pins.filter((pin) => isEntryOf(pin, entry)) }));
  const ambiguous = findAmbiguous(claims, pins);
  if (ambiguous !== undefined) return ambiguous;

  const missing = pins.filter((pin) => claims.every((claim) => !claim.pins.includes(pin)));
  const splices = [...claims.map((claim) => entrySplices(text, claim)), appendedImages(text, overlay, missing)];
  if (!splices.every((found) => found !== undefined)) return notEditable(claims[splices.indexOf(undefined)]?.entry.name ?? 'images');
  const all = merged(splices.flat());
  return comesTo(text, all, expectedOverlay(overlay.value, claims, missing)) ? { kind: 'edits', splices: all } : notEditable('images');
}

interface Claim {
  readonly entry: OverlayImage;
  readonly pins: readonly ImagePin[];
}

function entrySplices(text: string, { entry, pins: [pin] }: Claim): readonly Splice[] | undefined {
  if (pin === undefined) return [];
  return isMap(entry.node) ? imageEntrySplices(text, entry.node, pin.digest) : undefined;
}

function findAmbiguous(claims: readonly Claim[], pins: readonly ImagePin[]): ImageEdits | undefined {
  const shared = claims.find((claim) => claim.pins.length > 1);
  if (shared !== undefined) return ambiguity(shared.pins, [shared]);
  for (const pin of pins) {
    const own = claims.filter((claim) => claim.pins.includes(pin));
    if (own.length > 1) return ambiguity([pin], own);
  }
  return undefined;
}

function ambiguity(pins: readonly ImagePin[], claims: readonly Claim[]): ImageEdits {
  const entries = claims.map(({ entry }) => entry.name ?? '');
  return { kind: 'ambiguous', components: pins.map(({ component }) => component), entries };
}

function notEditable(what: string): ImageEdits {
  return { kind: 'not-editable', because: `the entry of ${what} has an anchor, alias, tag or form that can't be changed in place` };
}

/** Insertions at one place as one, so that no order of applying matters. */
function merged(splices: readonly Splice[]): readonly Splice[] {
  const all: Splice[] = [];
  for (const splice of splices) {
    const same = all.findIndex(({ start, end }) => start === end && start === splice.start && end === splice.end);
    const before = all[same];
    if (before === undefined) all.push(splice);
    else all[same] = { ...before, text: before.text + splice.text };
  }
  return all.toSorted((a, b) => a.start - b.start);
}

function expectedOverlay(value: JsonObject, claims: readonly Claim[], missing: readonly ImagePin[]): JsonObject {
  const kept = claims.map(({ entry, pins: [pin] }) => {
    if (pin === undefined || !isObject(entry.value)) return entry.value;
    const untagged = Object.entries(entry.value).filter(([key]) => key !== 'newTag');
    return { ...Object.fromEntries(untagged), digest: pin.digest };
  });
  const images = [...kept, ...missing.map((pin) => Object.fromEntries(entryOf(pin)))];
  return images.length === 0 ? value : { ...value, images };
}

function comesTo(text: string, splices: readonly Splice[], expected: JsonObject): boolean {
  const overlay = readOverlay(applySplices(text, splices));
  return typeof overlay !== 'string' && jsonEquals(overlay.value, expected);
}
