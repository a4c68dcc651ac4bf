import type { CommandSpec } from '../command.ts';

/** What runs or examines a server. */
export const serverCommands: readonly CommandSpec[] = [];
