import { judgeImage, objectName, type ImageFault, type ReleaseManifest, type RenderedImage } from '@fairlead/domain';
import type { Checking, RenderedEnvironment } from './checking.ts';
import { locateImage, type ImagePlace } from './locate-image.ts';

export interface ImagesToCheck {
  readonly images: readonly RenderedImage[];
  readonly release?: ReleaseManifest;
}

/** Judges every image that the environment would run. What is wrong is said where it was decided, once for all containers of that place. */
export async function checkImages(checking: Checking, environment: RenderedEnvironment, { images, release }: ImagesToCheck): Promise<void> {
  const { declared, name } = environment;
  const rules = declared === undefined ? {} : { service: declared.service, ...(release === undefined ? {} : { release }) };
  const places = new Map<string, Faulty[]>();
  for (const image of images) {
    const fault = judgeImage(image.image, rules);
    if (fault === undefined) continue;
    const place = await locateImage(checking, environment, image);
    const key = [fault.rule, place.file, String(place.line), place.pointer].join(' ');
    places.set(key, [...(places.get(key) ?? []), { image, fault, place }]);
  }
  for (const [first, ...others] of places.values()) {
    if (first === undefined) continue;
    const { image, fault, place } = first;
    const more = others.length === 0 ? '' : ` (and ${String(others.length)} more)`;
    const message = `${image.image || '""'} ${fault.because}; it runs in ${image.container} of ${objectName(image.object)}${more}`;
    const { file, line, column, pointer } = place;
    checking.notes.add({
      rule: fault.rule,
      environment: name,
      message,
      fix: fixAt(place, fault),
      file,
      line,
      column,
      pointer,
      object: image.object,
    });
  }
}

interface Faulty {
  readonly image: RenderedImage;
  readonly fault: ImageFault;
  readonly place: ImagePlace;
}

function fixAt({ decidedBy }: ImagePlace, { fix, digest, source }: ImageFault): string {
  if (decidedBy?.field !== 'newTag') return fix;
  return `write digest: ${digest ?? 'sha256:…'} in place of newTag: ${decidedBy.value}${source === undefined ? '' : `, as ${source} has it`}`;
}
