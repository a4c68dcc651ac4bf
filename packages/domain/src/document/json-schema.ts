import { z } from 'zod';
import type { DocumentType } from './document-identity.ts';

/** The JSON Schema (draft 2020-12) of what may be written, for editors: defaults may be left out. */
export function documentJsonSchema({ kind, schema }: DocumentType<unknown>): z.core.JSONSchema.BaseSchema {
  const options = {
    io: 'input',
    unrepresentable: 'any',
    // Zod marks frozen values so, but in a schema it would tell an editor that nobody may write the field.
    override: ({ jsonSchema }) => {
      delete jsonSchema.readOnly;
    },
  } satisfies z.core.ToJSONSchemaParams;
  const named = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `https://fairlead.dev/schemas/v1/${kind}.schema.json`,
    title: kind,
  } as const;
  return { ...named, ...z.toJSONSchema(schema, options) };
}
