import type { Json } from '../document/json.ts';
import type { ObjectPattern } from './object-pattern.ts';
import type { PathPattern } from './path-pattern.ts';

/** What something in the cluster always does to an object after it is applied, such as a webhook that puts in a sidecar. Each use is shown and counted. */
export interface DeclaredMutation {
  /** Shown with what it explains. */
  readonly name: string;
  readonly object: ObjectPattern;
  readonly path: PathPattern;
  /** Only when the live value is this. */
  readonly value?: Json;
  /** Only when this manager wrote it. */
  readonly manager?: string;
}
