import type { JsonPath } from '../../document/json-pointer.ts';
import type { FoundFault } from '../../policy/finding.ts';
import type { ObjectRef } from '../object-ref.ts';

/** Something wrong in a rendered object. Where its file says so, nobody knows yet. */
export interface ObjectFault extends Pick<FoundFault, 'rule' | 'severity' | 'message' | 'fix'> {
  readonly object: ObjectRef;
  /** In the object; what isn't there stands for the nearest above it. */
  readonly path: JsonPath;
}
