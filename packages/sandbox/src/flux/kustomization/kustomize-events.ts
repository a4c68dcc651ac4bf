import { compact } from '../../json/json.ts';
import { type FluxContext } from '../controller/flux-context.ts';
import { type StatusDraft } from '../object/status-draft.ts';
import { kustomizeGroup } from './flux-kustomization.ts';

interface Told {
  readonly context: FluxContext;
  readonly draft: StatusDraft;
  readonly artifact?: { readonly revision: string; readonly originRevision?: string };
}

/** Tells an event with the revision it is about; its reason is that of `Ready` at the time. */
export function recordFor({ context, draft, artifact }: Told, type: 'Normal' | 'Warning', message: string): void {
  const annotations = compact({
    [`${kustomizeGroup}/revision`]: artifact?.revision,
    [`${kustomizeGroup}/originRevision`]: artifact?.originRevision,
  });
  const reason = draft.condition('Ready')?.reason ?? (type === 'Warning' ? 'error' : 'info');
  context.record.kustomize(draft.object, { type, reason, message, annotations });
}
