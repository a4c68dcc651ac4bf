import { z } from 'zod';
import { FreeValue } from '../document/free-form.ts';
import { Digest } from '../evidence/digest.ts';
import { DriftSeverity } from '../policy/policy.ts';
import { Confirmation } from './confirmation.ts';

/** How live differs from desired. */
export const DriftClass = z.enum(['changed', 'missing', 'extra', 'added-field', 'image', 'secret']);
export type DriftClass = z.infer<typeof DriftClass>;

/** Hash of (environment, target, object without version, path, class): the same difference has one id for as long as it lasts, and again when it comes back. */
export const DriftId = z
  .string()
  .regex(/^d-[0-9a-f]{32}$/)
  .brand<'DriftId'>();
export type DriftId = z.infer<typeof DriftId>;

const DriftObject = z
  .object({
    group: z.string(),
    version: z.string(),
    kind: z.string(),
    namespace: z.string().exactOptional(),
    name: z.string(),
    uid: z.string().exactOptional(),
  })
  .readonly();

/** `before`: no later than `at`, which is the manager's last write, or the first time that a watch showed the difference, whichever is earlier. `first-seen`: no
 *  entry has a time. A manager names itself: it is a client, not a person, and may lie. */
const Attribution = z
  .object({
    manager: z.string().exactOptional(),
    operation: z.string().exactOptional(),
    subresource: z.string().exactOptional(),
    changedAt: z.string().exactOptional(),
    changedAtIs: z.enum(['entry', 'first-seen']).exactOptional(),
  })
  .readonly();
export type Attribution = z.infer<typeof Attribution>;

/** One difference of one object, as one comparison finds it. */
export const DriftFinding = z
  .object({
    id: DriftId,
    class: DriftClass,
    severity: DriftSeverity,
    object: DriftObject,
    /** JSON pointer whose list elements stand by merge key: `/spec/template/spec/containers/[name=web]/image`; `''` is the object itself. */
    path: z.string(),
    desired: FreeValue.exactOptional(),
    live: FreeValue.exactOptional(),
    /** The values are a secret: what stands in `desired` and `live` is a keyed hash. */
    redacted: z.literal(true).exactOptional(),
    by: Attribution,
    /** Name of the rule that makes it count for nothing; shown and counted, never hidden. */
    ignoredBy: z.string().exactOptional(),
  })
  .readonly();
export type DriftFinding = z.infer<typeof DriftFinding>;

/** A finding with its history. */
export const DriftItem = z
  .object({
    ...DriftFinding.unwrap().shape,
    target: z.string(),
    firstSeen: z.string(),
    lastSeen: z.string(),
    resolvedAt: z.string().exactOptional(),
    /** The exception that excuses it, as of the last look. */
    excused: z.object({ exception: z.string(), until: z.string() }).readonly().exactOptional(),
    opened: Digest.exactOptional(),
    /** What the API server says of it, where somebody asked. */
    confirmation: Confirmation.exactOptional(),
  })
  .readonly();
export type DriftItem = z.infer<typeof DriftItem>;
