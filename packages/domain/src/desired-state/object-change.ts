import { z } from 'zod';
import { FreeValue } from '../document/free-form.ts';
import { ObjectRef } from './object-ref.ts';

/** One difference inside an object. `path` is a JSON pointer, but an element of a list whose elements have names is called by its
 *  name: `/spec/containers[name=api]/image`. Without `before` it was added, without `after` removed. */
export const FieldChange = z.object({ path: z.string(), before: FreeValue.exactOptional(), after: FreeValue.exactOptional() }).readonly();
export type FieldChange = z.infer<typeof FieldChange>;

const fields = z.array(FieldChange).readonly();

/** What becomes of one rendered object. `succeeded`: a generator gave the same object another name, since its content changed. */
export const ObjectChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('added'), object: ObjectRef }).readonly(),
  z.object({ kind: z.literal('removed'), object: ObjectRef }).readonly(),
  z.object({ kind: z.literal('changed'), object: ObjectRef, fields }).readonly(),
  z.object({ kind: z.literal('succeeded'), object: ObjectRef, predecessor: ObjectRef, fields }).readonly(),
]);
export type ObjectChange = z.infer<typeof ObjectChange>;
