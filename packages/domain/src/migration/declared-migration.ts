import { z } from 'zod';
import { foreignId } from '../document/label.ts';
import { ComponentName } from '../service/component-name.ts';

export const MigrationId = foreignId('migration id').brand<'MigrationId'>();
export type MigrationId = z.infer<typeof MigrationId>;

/** A change of the schema that a release needs. Absent `run`: `external`; absent `order`: `before`. */
export const DeclaredMigration = z
  .strictObject({
    id: MigrationId,
    kind: z.enum(['stateful', 'stateless']),
    reversible: z.boolean(),
    component: ComponentName.exactOptional(),
    run: z.enum(['external', 'job']).exactOptional(),
    order: z.enum(['before', 'after']).exactOptional(),
  })
  .readonly();
export type DeclaredMigration = z.infer<typeof DeclaredMigration>;
