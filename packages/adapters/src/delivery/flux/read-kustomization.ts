import { UpstreamError, type DeliveryTarget, type FluxObject, type FluxSource, type MadeByFlux, type ObjectRef } from '@fairlead/domain';
import type { z } from 'zod';
import { absent, parsed, placeName, type FluxClient } from './client.ts';
import { helmReleases, kustomizations, sourceKind, type FluxKind } from './flux-kind.ts';
import { observeHelmRelease, observeNested, unseen } from './observe-made.ts';
import { observeSource, sourceOf } from './observe-source.ts';
import { HelmRelease, Kustomization, RawStatus, Source } from './schema.ts';
import { inventoryRef } from './inventory-ref.ts';

/** A Kustomization with what it reads and what it made that has a controller of its own. `raw`: the statuses, whole. */
interface KustomizationRead {
  readonly kustomization: Kustomization;
  readonly origin: FluxSource;
  readonly made: readonly MadeByFlux[];
  readonly raw: readonly z.infer<typeof RawStatus>['status'][];
}

/** Reads it now. */
export async function readKustomization(client: FluxClient, target: DeliveryTarget): Promise<KustomizationRead | 'absent'> {
  const { cluster, namespace, name } = target;
  const place = { cluster, of: kustomizations, namespace, name };
  const object = await client.read(place);
  if (object === absent) return 'absent';
  const doing = `reading ${placeName(place)}`;
  const kustomization = parsed(Kustomization, object, doing);
  const source = await readSource(client, cluster, sourceOf(kustomization));
  return {
    kustomization,
    origin: source.origin,
    made: await readMade(client, cluster, kustomization),
    raw: [parsed(RawStatus, object, doing).status, source.raw],
  };
}

async function readSource(
  client: FluxClient,
  cluster: string,
  object: FluxObject,
): Promise<{ readonly origin: FluxSource; readonly raw: KustomizationRead['raw'][number] }> {
  const of = sourceKind(object.kind);
  if (of === undefined) return { origin: observeSource(object, undefined), raw: null };
  const place = { cluster, of, namespace: object.namespace, name: object.name };
  const found = await client.read(place);
  if (found === absent) return { origin: observeSource(object, undefined), raw: null };
  const doing = `reading ${placeName(place)}`;
  return { origin: observeSource(object, parsed(Source, found, doing)), raw: parsed(RawStatus, found, doing).status };
}

const ownControllers: readonly FluxKind[] = [helmReleases, kustomizations];

async function readMade(client: FluxClient, cluster: string, kustomization: Kustomization): Promise<readonly MadeByFlux[]> {
  // What it puts into another cluster is not here to be read.
  if (kustomization.spec.kubeConfig) return [];
  const refs = (kustomization.status?.inventory?.entries ?? []).flatMap((entry) => inventoryRef(entry) ?? []);
  const made = refs.flatMap((ref) => {
    const of = ownControllers.find(({ group, kind }) => group === ref.group && kind === ref.kind);
    return of === undefined ? [] : [readOneMade(client, { cluster, of, ref, kustomization })];
  });
  return Promise.all(made);
}

interface OneMade {
  readonly cluster: string;
  readonly of: FluxKind;
  readonly ref: ObjectRef;
  readonly kustomization: Kustomization;
}

/** A kind that we may not read hides nothing else: that it couldn't be read is what is known of it. */
async function readOneMade(client: FluxClient, { cluster, of, ref, kustomization }: OneMade): Promise<MadeByFlux> {
  const object: FluxObject = { kind: of.kind, namespace: ref.namespace ?? '', name: ref.name };
  const place = { cluster, of, namespace: object.namespace, name: object.name };
  try {
    const found = await client.read(place);
    if (found === absent) return unseen(object, 'it does not exist');
    const doing = `reading ${placeName(place)}`;
    return of === helmReleases
      ? { kind: 'HelmRelease', release: observeHelmRelease(parsed(HelmRelease, found, doing)) }
      : { kind: 'Kustomization', nested: observeNested(parsed(Kustomization, found, doing), sourceOf(kustomization)) };
  } catch (error) {
    if (error instanceof UpstreamError && error.code === 'kubernetes-forbidden') return unseen(object, error.message);
    throw error;
  }
}
