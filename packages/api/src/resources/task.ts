import { ReconciliationTask } from '@fairlead/domain';
import { z } from 'zod';
import { listOf } from './list.ts';

export const TaskList = listOf('TaskList', ReconciliationTask);
export const CloseTask = z.strictObject({ reason: z.string().min(3).max(2000) });
