import { fieldAt, listAt, textAt } from '../document/json-field.ts';
import type { JsonObject } from '../document/json.ts';
import { conditionOf } from './conditions.ts';
import { health, type Health } from './health.ts';

/** That it failed outranks that it ended. One that somebody holds counts as healthy among others. */
export function jobHealth(object: JsonObject): Health {
  const failed = conditionOf(object, 'Failed');
  if (failed !== undefined) return health('Degraded', failed.message);
  const held = conditionOf(object, 'Suspended');
  if (held?.status === 'True') return { ...health('Suspended', held.message), countsAs: 'Healthy' };
  const complete = conditionOf(object, 'Complete') ?? held;
  return complete === undefined ? health('Progressing', 'the job has not ended') : health('Healthy', complete.message);
}

/** Only that the last run failed is known to be bad: whether one was missed, a status doesn't say. */
export function cronJobHealth(object: JsonObject): Health {
  if (fieldAt(object, 'spec', 'suspend') === true) return health('Healthy', 'the cron job is suspended');
  const status = fieldAt(object, 'status');
  if (status === undefined) return health('Progressing', 'the cron job has no status yet');
  const scheduled = textAt(status, 'lastScheduleTime');
  const succeeded = textAt(status, 'lastSuccessfulTime');
  if (scheduled === undefined || succeeded === undefined || listAt(status, 'active').length > 0) return health('Healthy');
  return succeeded < scheduled ? health('Degraded', `its last run, of ${scheduled}, did not succeed`) : health('Healthy');
}
