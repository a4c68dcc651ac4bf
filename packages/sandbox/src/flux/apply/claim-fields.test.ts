import { describe, expect, it } from 'vitest';

import { type JsonObject } from '../../json/json.ts';
import { claimFields } from './claim-fields.ts';

const entry = (manager: string, operation: string, fieldsV1: JsonObject): JsonObject => ({ manager, operation, fieldsV1 });

function live(managedFields: readonly JsonObject[], annotations: JsonObject = {}): Parameters<typeof claimFields>[0] {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', annotations, managedFields } };
}

describe('claimFields', () => {
  it("joins the fields of kubectl's managers to the controller's own", () => {
    const own = entry('kustomize-controller', 'Apply', { 'f:data': { 'f:a': {} } });
    const edits = entry('kubectl-edit', 'Update', { 'f:data': { 'f:b': {} } });
    const other = entry('operator', 'Update', { 'f:data': { 'f:c': {} } });

    expect(claimFields(live([own, edits, other]), 'kustomize-controller')).toEqual([
      {
        op: 'replace',
        path: '/metadata/managedFields',
        value: [other, { ...own, fieldsV1: { 'f:data': { 'f:a': {}, 'f:b': {} } } }],
      },
    ]);
  });

  it('becomes the owner of what only kubectl applied, and drops its record', () => {
    const applied = entry('kubectl-client-side-apply', 'Update', { 'f:data': {} });
    const record = 'kubectl.kubernetes.io/last-applied-configuration';

    expect(claimFields(live([applied], { [record]: '{}' }), 'kustomize-controller')).toEqual([
      { op: 'remove', path: '/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration' },
      { op: 'replace', path: '/metadata/managedFields', value: [entry('kustomize-controller', 'Apply', { 'f:data': {} })] },
    ]);
  });

  it('leaves other managers and subresources alone', () => {
    const scaled = { ...entry('kubectl', 'Update', { 'f:spec': {} }), subresource: 'scale' };
    const flux = entry('flux-client-side-apply', 'Update', { 'f:data': {} });

    expect(claimFields(live([scaled, flux]), 'kustomize-controller')).toEqual([]);
  });
});
