import { z } from 'zod';
import type { ImageChange } from '../desired-state/container-images.ts';
import type { ObjectChange } from '../desired-state/object-change.ts';
import { objectName, type ObjectRef } from '../desired-state/object-ref.ts';
import { DeclaredMigration } from '../migration/declared-migration.ts';

/** What a reviewer should look at, and why. `level` is the highest that any reason gives. */
export const PlanRisk = z
  .object({
    level: z.enum(['low', 'medium', 'high']),
    reasons: z.array(z.object({ level: z.enum(['low', 'medium', 'high']), text: z.string() }).readonly()).readonly(),
    migrations: z.array(DeclaredMigration).readonly(),
  })
  .readonly();
export type PlanRisk = z.infer<typeof PlanRisk>;

type Reason = PlanRisk['reasons'][number];

/** Deleting one of these deletes data, or what others stand on. */
const keepers = new Set([
  'StatefulSet',
  'PersistentVolumeClaim',
  'PersistentVolume',
  'CustomResourceDefinition',
  'Namespace',
  'StorageClass',
]);

export function planRisk(
  changes: readonly ObjectChange[],
  images: readonly ImageChange[],
  migrations: readonly DeclaredMigration[],
): PlanRisk {
  const deleted = changes.flatMap((change) => (change.kind === 'removed' ? [change.object] : []));
  const configs = changes.filter(({ kind, object }) => kind !== 'removed' && isConfig(object)).length;
  const reasons = [
    ...migrations.map(migrationReason),
    ...deleted.map((object): Reason => ({ level: keepers.has(object.kind) ? 'high' : 'medium', text: `deletes ${objectName(object)}` })),
    ...counted(images.length, { one: 'container changes its image', many: 'containers change their images' }),
    ...counted(configs, { one: 'configuration changes', many: 'configurations change' }),
  ];
  const level = (['high', 'medium'] as const).find((candidate) => reasons.some((reason) => reason.level === candidate)) ?? 'low';
  return { level, reasons, migrations };
}

function migrationReason({ id, kind, reversible }: DeclaredMigration): Reason {
  const level = kind === 'stateful' || !reversible ? 'high' : 'medium';
  return { level, text: `${kind} migration ${id}${reversible ? '' : ', which can not be undone'}` };
}

function counted(count: number, words: { readonly one: string; readonly many: string }): readonly Reason[] {
  return count === 0 ? [] : [{ level: 'low', text: `${String(count)} ${count === 1 ? words.one : words.many}` }];
}

function isConfig({ group, kind }: ObjectRef): boolean {
  return group === '' && (kind === 'ConfigMap' || kind === 'Secret');
}
