import type { Digest } from '../evidence/digest.ts';
import type { ReleaseManifest } from '../release/release-manifest.ts';
import type { Service } from '../service/service.ts';

/** What one component's image shall be in an overlay. */
export interface ImagePin {
  readonly component: string;
  /** As the base names the image: the name of an entry that has to be added. */
  readonly image: string;
  /** Where the release has it. */
  readonly repository: string;
  readonly digest: Digest;
}

export function imagePins(service: Service, release: ReleaseManifest): readonly ImagePin[] {
  return release.components.map(({ name, image }) => {
    const declared = service.spec.components.find((component) => component.name === name);
    return { component: name, image: declared?.image ?? image.repository, repository: image.repository, digest: image.digest };
  });
}

/** Whether an `images:` entry with this name and new name is the component's. */
export function isEntryOf(pin: ImagePin, entry: { readonly name: string | undefined; readonly newName: string | undefined }): boolean {
  return entry.name === pin.component || entry.name === pin.image || entry.name === pin.repository || entry.newName === pin.repository;
}
