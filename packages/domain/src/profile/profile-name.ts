import type { z } from 'zod';
import { label } from '../document/label.ts';

export const ProfileName = label('profile name').brand<'ProfileName'>();
export type ProfileName = z.infer<typeof ProfileName>;
