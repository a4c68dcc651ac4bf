import type { CommandSpec } from '../command.ts';

/** What works on a checkout, without a server. */
export const offlineCommands: readonly CommandSpec[] = [];
