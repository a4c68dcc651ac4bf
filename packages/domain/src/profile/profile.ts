import { z } from 'zod';
import { apiVersion } from '../document/document-identity.ts';
import { FreeMap } from '../document/free-form.ts';
import { label } from '../document/label.ts';
import { parseDocument, type Parsed, type ReadingMode } from '../document/parse-document.ts';
import { unique } from '../document/unique.ts';
import { Namespace, ObjectName } from '../environment/object-name.ts';
import { SchemaId } from '../release/schema-id.ts';
import { ComponentName } from '../service/component-name.ts';
import { ProfileName } from './profile-name.ts';

const count = z.int().min(0);

/** How many replicas a component may have. */
export const ReplicaBounds = z
  .strictObject({ min: count.exactOptional(), max: count.exactOptional() })
  .refine(({ min, max }) => min === undefined || max === undefined || min <= max, 'min is more than max')
  .readonly();
export type ReplicaBounds = z.infer<typeof ReplicaBounds>;

export const SecretStore = z.strictObject({ kind: z.enum(['SecretStore', 'ClusterSecretStore']), name: ObjectName }).readonly();
export type SecretStore = z.infer<typeof SecretStore>;

/** A Secret that nothing here makes: `by` says who does. */
export const ProvidedSecret = z.strictObject({ name: ObjectName, namespace: Namespace.exactOptional(), by: z.string().min(1) }).readonly();
export type ProvidedSecret = z.infer<typeof ProvidedSecret>;

/** A condition in CEL over the rendered objects. */
export const ProfileConstraint = z
  .strictObject({ id: label('constraint id'), cel: z.string().min(1), message: z.string().min(1) })
  .readonly();
export type ProfileConstraint = z.infer<typeof ProfileConstraint>;

/** The shape that an environment takes. `parameters.schema` is a JSON Schema for the parameters' `values`. */
export const Profile = z
  .strictObject({
    apiVersion: z.literal(apiVersion),
    kind: z.literal('Profile'),
    metadata: z.strictObject({ name: ProfileName }).readonly(),
    spec: z
      .strictObject({
        components: z
          .strictObject({ required: z.array(ComponentName).check(unique('component')).readonly() })
          .readonly()
          .exactOptional(),
        parameters: z.strictObject({ schema: FreeMap.exactOptional(), values: FreeMap.exactOptional() }).readonly().exactOptional(),
        secretStores: z.array(SecretStore).readonly().default([]),
        providedSecrets: z.array(ProvidedSecret).readonly().exactOptional(),
        namespaces: z.array(Namespace).check(unique('namespace')).readonly().default([]),
        replicas: z.record(ComponentName, ReplicaBounds).readonly().exactOptional(),
        schemaVersion: z.strictObject({ min: SchemaId.exactOptional(), max: SchemaId.exactOptional() }).readonly().exactOptional(),
        constraints: z.array(ProfileConstraint).check(unique('constraint', 'id')).readonly().default([]),
      })
      .readonly(),
  })
  .readonly();
export type Profile = z.infer<typeof Profile>;

export function readProfile(text: string, file: string, mode?: ReadingMode): Parsed<Profile> {
  return parseDocument({ kind: 'Profile', schema: Profile }, { text, file }, mode);
}
