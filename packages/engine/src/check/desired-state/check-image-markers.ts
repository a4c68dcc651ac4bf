import { imagePolicyMarker } from '@fairlead/domain';
import type { Checking, RenderedEnvironment } from '../checking.ts';

/** Judges the files of an environment for the comments by which an image automation rewrites them; rendering drops comments. */
export async function checkImageMarkers({ texts, notes }: Checking, { name, inputs }: RenderedEnvironment): Promise<void> {
  for (const file of inputs) {
    const text = await texts.text(file);
    const line = text.kind === 'text' ? imagePolicyMarker(text.text) : undefined;
    if (line === undefined) continue;
    const message = `${file} lets an image automation rewrite its images ($imagepolicy)`;
    const fix = 'remove the comment: an image changes only by promoting a release (decision od-004)';
    notes.add({ rule: 'od-004', environment: name, message, fix, file, line, column: 1, pointer: '' });
  }
}
