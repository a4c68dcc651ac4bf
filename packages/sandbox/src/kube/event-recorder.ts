import { type JsonObject } from '../json/json.ts';
import { type KubeClient } from './kube-client.ts';
import { nameOf, namespaceOf, uidOf, type KubeObject } from './kube-object.ts';
import { timestamp } from './timestamp.ts';

interface KubeEvent {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  readonly annotations?: JsonObject;
}

export type RecordEvent = (object: KubeObject, event: KubeEvent) => void;

export interface RecorderOptions {
  readonly client: KubeClient;
  /** The program that tells, as `kubectl describe` names it. */
  readonly component: string;
  readonly now: () => Date;
}

/** Writes Kubernetes events beside the object. A lost one is no failure: they are for people to read. */
export function eventRecorder({ client, component, now }: RecorderOptions): RecordEvent {
  let count = 0;
  return (object, { type, reason, message, annotations = {} }) => {
    count += 1;
    const at = timestamp(now());
    const [name, namespace] = [nameOf(object), namespaceOf(object)];
    const { resourceVersion } = { resourceVersion: '', ...object.metadata };
    const body = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: `${name}.${now().getTime().toString(16)}${count.toString(16).padStart(5, '0')}`, namespace, annotations },
      involvedObject: { apiVersion: object.apiVersion, kind: object.kind, name, namespace, resourceVersion, uid: uidOf(object) },
      source: { component },
      type,
      reason,
      message,
      count: 1,
      firstTimestamp: at,
      lastTimestamp: at,
    };
    client.send({ verb: 'POST', path: `/api/v1/namespaces/${namespace}/events`, body }).catch(() => undefined);
  };
}
