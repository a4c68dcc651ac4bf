import type { ReleaseManifest } from '@fairlead/domain';
import { missingImages, type MissingImage } from '@fairlead/engine';
import type { Terminal } from '../../terminal.ts';
import { openRegistry } from './open-registry.ts';

/** The images of a release that their registries don't have. */
export async function missingImagesOf(terminal: Terminal, manifest: ReleaseManifest): Promise<readonly MissingImage[]> {
  return missingImages(await openRegistry(terminal), manifest);
}
