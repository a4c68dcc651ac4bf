import type { KubeObject } from '../resources/kube-object.ts';
import { apiVersionOf, type ResourceType } from '../resources/resource-type.ts';
import type { Cluster, Target } from './cluster.ts';
import { notFound } from './status-error.ts';

export function findObject({ store }: Cluster, { type, namespace, name }: Target): KubeObject | undefined {
  return store.get(type.id, { namespace, name });
}

export function readObject(cluster: Cluster, target: Target): KubeObject {
  const found = findObject(cluster, target);
  if (found === undefined) throw notFound(target.type, target.name);
  return found;
}

/** In the version asked for. Versions of a resource differ in nothing but their name: conversion `None`. */
export function presentAs(type: ResourceType, object: KubeObject): KubeObject {
  const apiVersion = apiVersionOf(type);
  return object.apiVersion === apiVersion ? object : { ...object, apiVersion };
}
