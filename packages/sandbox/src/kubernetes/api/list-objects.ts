import type { Json, JsonObject } from '../json/json.ts';
import { without } from '../json/json-path.ts';
import type { KubeObject } from '../resources/kube-object.ts';
import { apiVersionOf, type ResourceType } from '../resources/resource-type.ts';
import { parseFieldSelector } from '../store/field-selector.ts';
import { parseLabelSelector } from '../store/label-selector.ts';
import type { Cluster } from './cluster.ts';
import type { ListPages } from './list-pages.ts';
import { badRequest, StatusError } from './status-error.ts';
import { presentAs } from './stored-object.ts';

export interface Selection {
  readonly type: ResourceType;
  readonly namespace: string | undefined;
  readonly labelSelector: string;
  readonly fieldSelector: string;
}

export interface Listing extends Selection {
  readonly limit: number;
  readonly continueToken: string;
  readonly resourceVersion: string;
  readonly exact: boolean;
}

export function listObjects(cluster: Cluster, pages: ListPages, listing: Listing): JsonObject {
  const { type, limit, continueToken } = listing;
  requireKnownVersion(cluster, listing);
  const page =
    continueToken === ''
      ? pages.first({ version: cluster.store.version, items: selectObjects(cluster, listing) }, limit)
      : pages.next(continueToken, limit);
  const selective = listing.labelSelector !== '' || listing.fieldSelector !== '';
  const last = type.origin === 'definition' ? { continue: '' } : {};
  const more = page.token === undefined ? last : { continue: page.token, ...(!selective && { remainingItemCount: page.remaining }) };
  return listObject(type, page.items, { resourceVersion: page.version.toString(), ...more });
}

export function listObject(type: ResourceType, items: readonly KubeObject[], metadata: JsonObject): JsonObject {
  const shown = items.map((item): Json => (type.origin === 'built-in' ? without(item, 'kind', 'apiVersion') : presentAs(type, item)));
  return { kind: `${type.kind}List`, apiVersion: apiVersionOf(type), metadata, items: shown };
}

export function selectObjects({ store }: Cluster, selection: Selection): readonly KubeObject[] {
  return store.list(selection.type.id, selection.namespace).filter(selector(selection));
}

/** Whether an object is one of the selection, namespace included. */
export function selector({ type, namespace, labelSelector, fieldSelector }: Selection): (object: KubeObject) => boolean {
  const byLabels = parseLabelSelector(labelSelector);
  if (typeof byLabels !== 'function') throw badRequest(byLabels.fault);
  const byFields = parseFieldSelector(fieldSelector, type.id);
  if (typeof byFields !== 'function') throw badRequest(byFields.fault);
  return (object) =>
    (namespace === undefined || object.metadata.namespace === namespace) && byLabels(object.metadata.labels ?? {}) && byFields(object);
}

function requireKnownVersion({ store }: Cluster, { resourceVersion, exact }: Listing): void {
  if (resourceVersion === '' || resourceVersion === '0') return;
  const version = parseVersion(resourceVersion);
  const current = store.version;
  if (version > current) {
    throw new StatusError('Timeout', `Timeout: Too large resource version: ${version.toString()}, current: ${current.toString()}`, {
      causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
      retryAfterSeconds: 1,
    });
  }
  if (exact && version !== current) throw new StatusError('Expired', 'The provided resource version is too old.');
}

export function parseVersion(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  const quoted = JSON.stringify(text);
  throw badRequest(
    `invalid resource version: resourceVersion: Invalid value: ${quoted}: strconv.ParseUint: parsing ${quoted}: invalid syntax`,
  );
}
