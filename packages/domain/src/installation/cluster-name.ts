import type { z } from 'zod';
import { label } from '../document/label.ts';

export const ClusterName = label('cluster name').brand<'ClusterName'>();
export type ClusterName = z.infer<typeof ClusterName>;
