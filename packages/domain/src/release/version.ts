import type { z } from 'zod';
import { foreignId } from '../document/label.ts';

/** The version as people call it; no order is read from it. */
export const Version = foreignId('version').brand<'Version'>();
export type Version = z.infer<typeof Version>;
