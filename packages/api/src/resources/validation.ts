import { ValidationRun } from '@fairlead/domain';
import { z } from 'zod';
import { listOf } from './list.ts';

export const ValidationList = listOf('ValidationList', ValidationRun);
export const RequestedValidation = z.object({ run: ValidationRun });
