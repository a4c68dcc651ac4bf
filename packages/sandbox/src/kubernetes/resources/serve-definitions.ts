import type { ObjectStore } from '../store/object-store.ts';
import { typesOfDefinition } from './definition-types.ts';
import type { ResourceRegistry } from './resource-registry.ts';

/** Keeps the registry in step with the definitions in the store. */
export function serveDefinitions({ store, registry }: { readonly store: ObjectStore; readonly registry: ResourceRegistry }): void {
  store.subscribe(({ typeId, kind, object }) => {
    if (typeId !== 'customresourcedefinitions.apiextensions.k8s.io') return;
    if (kind === 'DELETED') registry.undefine(object.metadata.name);
    else registry.define(object.metadata.name, typesOfDefinition(object));
  });
}
