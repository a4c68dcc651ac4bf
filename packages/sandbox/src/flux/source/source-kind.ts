import { type FileSnapshot } from '@fairlead/renderer';

import { type JsonObject } from '../../json/json.ts';
import { type FluxContext } from '../controller/flux-context.ts';
import { type StatusDraft } from '../object/status-draft.ts';

/** What a source is at, before its files are read. */
export interface Upstream {
  /** As `status.artifact.revision` writes it. */
  readonly revision: string;
  /** Names the stored file: the commit or the digest. */
  readonly id: string;
  readonly load: () => Promise<FileSnapshot>;
  readonly metadata?: JsonObject;
}

/** Why there is nothing new to store; `message` is what the status says. */
export class FetchError extends Error {}

/** What the kinds of sources differ in. */
export interface SourceKind {
  readonly kind: 'GitRepository' | 'OCIRepository';
  readonly plural: string;
  /** Of the conditions that say that a fetch failed. */
  readonly failure: string;
  /** Looks upstream. Throws `FetchError`; so does `load`. */
  readonly look: (context: FluxContext, draft: StatusDraft) => Promise<Upstream>;
}
