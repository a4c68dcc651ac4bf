import { setTimeout as pause } from 'node:timers/promises';
import { textAt, type Json, type JsonObject } from '../../json/json.ts';
import { KubeApiError, type KubeClient } from '../../kube/kube-client.ts';
import { conditionOf } from '../../kube/conditions.ts';
import { asObject } from '../../kube/kube-object.ts';
import { preinstalledDefinitions } from '../../kubernetes/resources/preinstalled-definitions.ts';
import { externalSecretOperator } from './external-secret-operator.ts';
import { operate } from './operator.ts';
import { podMetricsDefinition, podMetricsOperator } from './pod-metrics-operator.ts';
import { gpuPoolOperator, ingressOperator, secretStoreOperator } from './status-operators.ts';
import { volumeOperator } from './volume-operator.ts';

const operators = [secretStoreOperator, externalSecretOperator, gpuPoolOperator, ingressOperator, volumeOperator, podMetricsOperator];

/** Gives a cluster that has nothing but Kubernetes what the example needs beside a GitOps controller: the definitions that are missing, and somebody who answers
 *  external secrets, ingresses, claims and autoscalers. Ends with the signal. */
export async function startOperators(client: KubeClient, signal: AbortSignal): Promise<void> {
  for (const definition of [...preinstalledDefinitions, podMetricsDefinition]) await install(client, definition);
  await Promise.all(operators.map((operator) => operate(client, operator, signal)));
}

const collection = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

/** What is there already is the real one. */
async function install(client: KubeClient, definition: JsonObject): Promise<void> {
  const path = `${collection}/${textAt(definition, 'metadata', 'name') ?? ''}`;
  const read = async (): Promise<Json> => client.send({ verb: 'GET', path });
  const isThere = await read().then(
    () => true,
    (error: unknown) => {
      if (error instanceof KubeApiError && error.status === 404) return false;
      throw error;
    },
  );
  if (!isThere) await client.send({ verb: 'POST', path: collection, body: definition });
  while (conditionOf(asObject(await read()), 'Established')?.status !== 'True') await pause(20);
}
