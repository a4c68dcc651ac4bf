import { ledger } from './0001-ledger.ts';
import { promotions } from './0002-promotions.ts';
import { environments } from './0003-environments.ts';
import { drift } from './0004-drift.ts';
import type { Migration } from './migration.ts';

/** In order, numbered from 1 without a gap. */
export const allMigrations: readonly Migration[] = [ledger, promotions, environments, drift];
