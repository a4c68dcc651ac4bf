import type { JsonObject } from '../json/json.ts';
import { at } from '../json/json-path.ts';

export type FieldSelector = (object: JsonObject) => boolean;

const metadataFields = ['metadata.name', 'metadata.namespace'];

/** What each resource lets itself be selected by, besides its name; the real server refuses the rest, so that nobody relies on a scan. */
const fieldsByType: Readonly<Record<string, readonly string[]>> = {
  'pods.': ['spec.nodeName', 'spec.restartPolicy', 'spec.schedulerName', 'spec.serviceAccountName', 'status.phase', 'status.podIP'],
  'events.': [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
  'jobs.batch': ['status.successful'],
  'namespaces.': ['status.phase'],
  'nodes.': ['spec.unschedulable'],
  'replicasets.apps': ['status.replicas'],
  'secrets.': ['type'],
  'services.': ['spec.clusterIP', 'spec.type'],
};

export function parseFieldSelector(text: string, typeId: string): FieldSelector | { readonly fault: string } {
  const known = [...metadataFields, ...(fieldsByType[typeId] ?? [])];
  const terms: FieldSelector[] = [];
  for (const part of text.split(',').filter((item) => item.trim() !== '')) {
    const match = /^\s*([^=!\s]+)\s*(==|=|!=)\s*(.*?)\s*$/.exec(part);
    if (match === null) return { fault: `invalid selector: '${text}'; can't understand '${part}'` };
    const [, field = '', operator, value = ''] = match;
    if (!known.includes(field))
      return { fault: `"${field}" is not a known field selector: only ${known.map((name) => `"${name}"`).join(', ')}` };
    terms.push((object) => (fieldText(object, field) === value) === (operator !== '!='));
  }
  return (object) => terms.every((term) => term(object));
}

function fieldText(object: JsonObject, field: string): string {
  const value = at(object, ...field.split('.'));
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
