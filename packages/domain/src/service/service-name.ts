import type { z } from 'zod';
import { label } from '../document/label.ts';

export const ServiceName = label('service name').brand<'ServiceName'>();
export type ServiceName = z.infer<typeof ServiceName>;
