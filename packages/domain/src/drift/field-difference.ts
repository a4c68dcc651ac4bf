import type { Json } from '../document/json.ts';
import type { PathStep } from './path-step.ts';

/** One difference inside an object, before anybody is asked about it. */
export interface FieldDifference {
  readonly class: 'changed' | 'added-field';
  readonly steps: readonly PathStep[];
  readonly desired?: Json;
  readonly live?: Json;
  /** Nobody signs for it: an order is no field. */
  readonly unsigned?: true;
  /** Where the value is one to Kubernetes: the places inside it that differ. */
  readonly inside: readonly (readonly PathStep[])[];
}
