import { at, listAt, numberAt, textAt } from '../../json/json.ts';
import { type KubeObject } from '../../kube/kube-object.ts';
import { conditionOf } from '../../kube/conditions.ts';
import { degraded, healthy, progressing, type Health } from './health.ts';

export function podHealth(object: KubeObject): Health {
  const failure = waitingFailure(object);
  if (failure !== undefined) return degraded(failure);
  switch (textAt(object, 'status', 'phase') ?? '') {
    case 'Pending':
      return progressing(textAt(object, 'status', 'message') ?? '');
    case 'Succeeded':
      return healthy;
    case 'Failed':
      return degraded(failedMessage(object));
    case 'Running':
      return runningHealth(object);
    default:
      return { status: 'Unknown', message: textAt(object, 'status', 'message') ?? '' };
  }
}

/** A container that waits for an error is broken only where it would be started again for ever. */
function waitingFailure(object: KubeObject): string | undefined {
  if ((textAt(object, 'spec', 'restartPolicy') ?? 'Always') !== 'Always') return undefined;
  const stuck = listAt(object, 'status', 'containerStatuses').find((container) => {
    const reason = textAt(container, 'state', 'waiting', 'reason') ?? '';
    return /^Err|Error$|BackOff$/.test(reason);
  });
  return stuck === undefined ? undefined : (textAt(stuck, 'state', 'waiting', 'message') ?? '');
}

function failedMessage(object: KubeObject): string {
  const message = textAt(object, 'status', 'message');
  if (message !== undefined) return message;
  const failed = listAt(object, 'status', 'containerStatuses').find(
    (container) => (numberAt(container, 'state', 'terminated', 'exitCode') ?? 0) !== 0,
  );
  const reason = textAt(failed, 'state', 'terminated', 'reason');
  return reason ?? (failed === undefined ? '' : `container "${textAt(failed, 'name') ?? ''}" failed`);
}

function runningHealth(object: KubeObject): Health {
  if ((textAt(object, 'spec', 'restartPolicy') ?? 'Always') !== 'Always') return progressing(textAt(object, 'status', 'message') ?? '');
  if (conditionOf(object, 'Ready')?.status === 'True') return healthy;
  const restarted = listAt(object, 'status', 'containerStatuses').some(
    (container) => at(container, 'lastState', 'terminated') !== undefined,
  );
  return restarted ? degraded(textAt(object, 'status', 'message') ?? '') : progressing(textAt(object, 'status', 'message') ?? '');
}
