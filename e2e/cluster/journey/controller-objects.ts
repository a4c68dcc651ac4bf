import type { JsonObject } from '@fairlead/domain';
import type { Stage } from './stage.ts';

/** What tells the controller to deliver the folder of the branch. It looks for news, and corrects, when it is asked to. */
export function controllerObjects(stage: Stage, name: string, path: string): readonly JsonObject[] {
  return stage.controller === 'argocd' ? [application(stage, name, path)] : fluxObjects(stage, name, path);
}

function application(stage: Stage, name: string, path: string): JsonObject {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name, namespace: stage.controllerNamespace },
    spec: {
      project: 'default',
      source: { repoURL: stage.gitUrl, path, targetRevision: stage.branch },
      destination: { server: 'https://kubernetes.default.svc', namespace: stage.namespace },
    },
  };
}

function fluxObjects(stage: Stage, name: string, path: string): readonly JsonObject[] {
  const metadata = { name, namespace: stage.controllerNamespace };
  return [
    {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'GitRepository',
      metadata,
      spec: { url: stage.gitUrl, ref: { branch: stage.branch }, interval: '1h' },
    },
    {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata,
      spec: {
        sourceRef: { kind: 'GitRepository', name },
        path: `./${path}`,
        targetNamespace: stage.namespace,
        interval: '1h',
        timeout: '1m',
        prune: true,
        wait: true,
      },
    },
  ];
}
