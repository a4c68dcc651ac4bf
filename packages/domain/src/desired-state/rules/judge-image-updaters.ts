import { fieldAt } from '../../document/json-field.ts';
import type { JsonPath } from '../../document/json-pointer.ts';
import type { JsonObject } from '../../document/json.ts';
import { isMap } from '../../drift/own-value.ts';
import { objectName } from '../object-ref.ts';
import { objectRefOf } from '../object-ref-of.ts';
import type { ObjectFault } from './object-fault.ts';

const groups = ['image.toolkit.fluxcd.io', 'argocd-image-updater.argoproj.io'];

/** Annotations that let a program choose images. */
const annotation = /^(?:argocd-image-updater\.argoproj\.io\/|keel\.sh\/policy$)/;

const fix = 'remove it: an image changes only by promoting a release (decision od-004)';

/** What changes images past the releases. */
export function judgeImageUpdaters(objects: readonly JsonObject[]): readonly ObjectFault[] {
  return objects.flatMap((object): readonly ObjectFault[] => {
    const ref = objectRefOf(object);
    const fault = (path: JsonPath, message: string): ObjectFault => ({ rule: 'od-004', object: ref, path, message, fix });
    if (groups.includes(ref.group)) return [fault(['kind'], `${objectName(ref)} updates images by itself`)];
    const annotations = fieldAt(object, 'metadata', 'annotations');
    const found = isMap(annotations) ? Object.keys(annotations).filter((name) => annotation.test(name)) : [];
    const [first] = found;
    return first === undefined
      ? []
      : [fault(['metadata', 'annotations', first], `${objectName(ref)} lets an image updater change its images: ${found.join(', ')}`)];
  });
}

/** The marker by which Flux' image automation finds what to rewrite in a file. Its line, counted from 1. */
export function imagePolicyMarker(text: string): number | undefined {
  const at = text.indexOf('{"$imagepolicy"');
  return at < 0 ? undefined : text.slice(0, at).split('\n').length;
}
