import type { JsonObject } from '../document/json.ts';

/** What is desired of one object and what there is. */
export interface DriftPair {
  readonly desired?: JsonObject;
  readonly live?: JsonObject;
  /** The controller says that it manages the object. */
  readonly managed: boolean;
  /** When our watch first showed this version of the object; absent: now. */
  readonly firstShown?: string;
  /** Of a Secret: the uid that it had before. */
  readonly formerUid?: string;
}
