import { z } from 'zod';
import { label } from '../document/label.ts';

export const Namespace = label('namespace').brand<'Namespace'>();
export type Namespace = z.infer<typeof Namespace>;

/** The name of a Kubernetes object: a DNS subdomain. */
export const ObjectName = z
  .string()
  .regex(/^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/, 'expected the name of a Kubernetes object')
  .brand<'ObjectName'>();
export type ObjectName = z.infer<typeof ObjectName>;
