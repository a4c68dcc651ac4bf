import { z } from 'zod';
import { Digest } from '../evidence/digest.ts';
import { foreignJson } from './foreign-json.ts';

const SimpleSigning = z.looseObject({
  critical: z.looseObject({
    image: z.looseObject({ 'docker-manifest-digest': Digest }),
    type: z.enum(['cosign container image signature', 'atomic container signature']),
  }),
});

/** The image that a payload of cosign's older form speaks of. By digest alone: a mirror has the same image under another name. */
export function simplySignedImage(payload: Uint8Array): Digest | undefined {
  return SimpleSigning.safeParse(foreignJson(payload)).data?.critical.image['docker-manifest-digest'];
}
