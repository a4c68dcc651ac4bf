import { z } from 'zod';
import { label } from '../document/label.ts';
import { unique } from '../document/unique.ts';

const text = z.string().min(1, 'is empty').max(253);
const reason = z.string().min(1, 'say why').max(500);
const path = z
  .string()
  .regex(/^\/[^\n]+$/, 'expected a path as drift shows it: /spec/template/spec/containers/[name=web]/resources, * stands for any one step')
  .max(1000);

/** Which objects: what is absent holds for all, `*` and `?` stand for letters. */
const Objects = z
  .strictObject({
    group: z.string().max(253).exactOptional(),
    kind: text.exactOptional(),
    namespace: text.exactOptional(),
    name: text.exactOptional(),
  })
  .readonly();

/** Differences that count for nothing. They are still found, shown, and counted. */
export const DriftIgnore = z
  .strictObject({
    name: label('rule name'),
    reason,
    objects: Objects,
    /** Everything at and below these. */
    paths: z.array(path).min(1).max(100).readonly().exactOptional(),
    /** What these field managers wrote. */
    managers: z.array(text).min(1).max(100).readonly().exactOptional(),
  })
  .refine(
    ({ paths, managers }) => paths !== undefined || managers !== undefined,
    'names neither paths nor managers: it would ignore whole objects',
  )
  .readonly();
export type DriftIgnore = z.infer<typeof DriftIgnore>;

/** What something in the cluster always does to objects after they are applied, such as a webhook that puts in a sidecar. */
export const DriftMutation = z
  .strictObject({
    name: label('mutation name'),
    reason,
    objects: Objects,
    path,
    /** Only while the live value is this. */
    value: z.json().exactOptional(),
    /** Only where this manager wrote it. */
    manager: text.exactOptional(),
  })
  .readonly();
export type DriftMutation = z.infer<typeof DriftMutation>;

const most = 200;
export const DriftIgnores = z.array(DriftIgnore).max(most).check(unique('rule', 'name')).readonly();
export const DriftMutations = z.array(DriftMutation).max(most).check(unique('mutation', 'name')).readonly();
