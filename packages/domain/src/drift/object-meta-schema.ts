import type { FieldSchema } from './tables/object-schema.ts';

/** The metadata of every object, whatever its own schema says of it. */
export const objectMetaSchema: FieldSchema = {
  fields: {
    labels: { values: {} },
    annotations: { values: {} },
    finalizers: { list: 'set' },
    ownerReferences: { list: { keys: ['uid'] } },
    deletionTimestamp: { scalar: 'time' },
  },
};
