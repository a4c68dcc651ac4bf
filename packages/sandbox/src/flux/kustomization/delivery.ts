import { type FileSnapshot } from '@fairlead/renderer';

import { type FluxContext } from '../controller/flux-context.ts';
import { type StatusDraft } from '../object/status-draft.ts';
import { timeoutOf } from './flux-kustomization.ts';
import { type FoundSource } from './read-source.ts';

/** One revision on its way into the cluster. */
export interface Delivery {
  readonly context: FluxContext;
  readonly draft: StatusDraft;
  readonly artifact: NonNullable<FoundSource['artifact']>;
  readonly files: FileSnapshot;
}

/** A reconciliation that ended with a reason for `Ready` to be false. */
export class DeliveryError extends Error {
  readonly reason: string;

  constructor(reason: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.reason = reason;
  }
}

export function stepMessage({ draft, artifact }: Delivery, step: string): string {
  return `${step} for revision ${artifact.revision} with a timeout of ${timeoutOf(draft.object).text}`;
}

/** Says in the status what is being done now. */
export async function progress(delivery: Delivery, step: string): Promise<void> {
  const { draft } = delivery;
  draft.drop('Stalled');
  draft.mark({ type: 'Reconciling', status: 'True', reason: 'Progressing', message: stepMessage(delivery, step) });
  await draft.save();
}
