import type { z } from 'zod';
import { label } from '../document/label.ts';

export const PhaseName = label('validation phase name').brand<'PhaseName'>();
export type PhaseName = z.infer<typeof PhaseName>;
