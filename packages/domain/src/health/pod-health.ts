import { fieldAt, listAt, numberAt, textAt } from '../document/json-field.ts';
import type { Json, JsonObject } from '../document/json.ts';
import { conditionOf } from './conditions.ts';
import { health, type Health } from './health.ts';

export function podHealth(object: JsonObject): Health {
  const failure = startingFailure(object);
  if (failure !== undefined) return health('Degraded', failure);
  const message = textAt(object, 'status', 'message');
  switch (textAt(object, 'status', 'phase') ?? '') {
    case 'Pending':
      return health('Progressing', message);
    case 'Succeeded':
      return health('Healthy', message);
    case 'Failed':
      return health('Degraded', message ?? endedBadly(object));
    case 'Running':
      return runningHealth(object, message);
    default:
      return health('Unknown', message);
  }
}

/** The API server's default is always there in a live object, so that none is none of ours. */
function isForever(object: JsonObject): boolean {
  return (textAt(object, 'spec', 'restartPolicy') ?? 'Always') === 'Always';
}

/** A pod with an end may get over it, and as a hook it would fail its sync too early. */
function startingFailure(object: JsonObject): string | undefined {
  if (!isForever(object)) return undefined;
  const messages = containers(object, 'containerStatuses').flatMap((container) => {
    const reason = textAt(container, 'state', 'waiting', 'reason') ?? '';
    return /^Err|(?:Error|BackOff)$/.test(reason) ? [textAt(container, 'state', 'waiting', 'message') ?? reason] : [];
  });
  return messages.length === 0 ? undefined : messages.join(', ');
}

function endedBadly(object: JsonObject): string | undefined {
  const all = [...containers(object, 'initContainerStatuses'), ...containers(object, 'containerStatuses')];
  return all.map(endOf).find((end) => end !== undefined);
}

function endOf(container: Json): string | undefined {
  const ended = fieldAt(container, 'state', 'terminated');
  const message = textAt(ended, 'message') ?? '';
  if (message !== '') return message;
  if (textAt(ended, 'reason') === 'OOMKilled') return 'OOMKilled';
  const code = numberAt(ended, 'exitCode') ?? 0;
  return code === 0 ? undefined : `container ${textAt(container, 'name') ?? ''} ended with exit code ${String(code)}`;
}

function runningHealth(object: JsonObject, message: string | undefined): Health {
  if (!isForever(object)) return health('Progressing', message);
  if (conditionOf(object, 'Ready')?.status === 'True') return health('Healthy', message);
  const restarted = containers(object, 'containerStatuses').some(
    (container) => fieldAt(container, 'lastState', 'terminated') !== undefined,
  );
  return health(restarted ? 'Degraded' : 'Progressing', message);
}

function containers(object: JsonObject, field: string): readonly Json[] {
  return listAt(object, 'status', field);
}
