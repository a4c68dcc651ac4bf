import type { Run } from '../command.ts';
import { decide } from './decide.ts';

export const run: Run = (invocation) => decide(invocation, 'approve');
