import type { ObservedArgoCd } from '@fairlead/domain';
import { given, same } from './given.ts';
import type { Application } from './schema.ts';

/** Who keeps the Application, what it does by itself, and whether it is to go. */
export function observeKeeping(
  application: Application,
): Pick<ObservedArgoCd, 'automatedSync' | 'skipsReconcile' | 'imageUpdater' | 'madeBy' | 'deletion'> {
  const { metadata } = application;
  const annotations = metadata.annotations ?? {};
  return {
    ...given('deletion', metadata.deletionTimestamp, (since) => ({ since, cascades: isCascading(application) })),
    ...given('madeBy', makerOf(application), same),
    automatedSync: isAutomated(application),
    skipsReconcile: annotations['argocd.argoproj.io/skip-reconcile'] === 'true',
    imageUpdater: Object.keys(annotations).filter((name) => name.startsWith('argocd-image-updater.argoproj.io/')),
  };
}

/** Deleting the Application deletes what it delivered only with one of these. */
function isCascading({ metadata }: Application): boolean {
  return (metadata.finalizers ?? []).some((name) => name.startsWith('resources-finalizer.argocd.argoproj.io'));
}

/** It writes the specification again: whatever is corrected here has to be corrected there. */
function makerOf({ metadata }: Application): string | undefined {
  const [owner] = metadata.ownerReferences ?? [];
  if (owner !== undefined) return `${owner.kind} ${owner.name}`;
  const application = metadata.annotations?.['argocd.argoproj.io/tracking-id']?.split(':')[0];
  return application === undefined || application === '' ? undefined : `Application ${application}`;
}

export function isAutomated({ spec: { syncPolicy } }: Pick<Application, 'spec'>): boolean {
  const automated = syncPolicy?.automated;
  return Boolean(automated) && automated?.enabled !== false;
}
