import { z } from 'zod';

/** What a route may ask for. Each route names one; nobody has any by default. */
export const Permission = z.enum([
  'status:read',
  'release:read',
  'release:register',
  'promotion:read',
  'promotion:start',
  'approval:read',
  'approval:decide',
  'validation:read',
  'validation:run',
  'evidence:read',
  'drift:read',
  'drift:act',
  'delivery:suspend',
  'exception:request',
  'exception:approve',
  'task:close',
  'token:create',
]);
export type Permission = z.infer<typeof Permission>;

export const Role = z.enum(['viewer', 'promoter', 'approver', 'operator', 'auditor', 'admin']);
export type Role = z.infer<typeof Role>;

const reads = [
  'status:read',
  'release:read',
  'promotion:read',
  'approval:read',
  'validation:read',
  'evidence:read',
  'drift:read',
] as const satisfies readonly Permission[];

/** The one table of who may what. */
export const permissionsOf: Readonly<Record<Role, readonly Permission[]>> = {
  viewer: reads,
  promoter: [...reads, 'release:register', 'promotion:start', 'validation:run'],
  approver: [...reads, 'approval:decide', 'exception:approve'],
  operator: [...reads, 'validation:run', 'drift:act', 'delivery:suspend', 'exception:request', 'task:close'],
  auditor: reads,
  admin: Permission.options,
};
