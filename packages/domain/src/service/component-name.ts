import type { z } from 'zod';
import { label } from '../document/label.ts';

export const ComponentName = label('component name').brand<'ComponentName'>();
export type ComponentName = z.infer<typeof ComponentName>;
