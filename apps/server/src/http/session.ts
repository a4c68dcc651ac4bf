import { ActorId, ForbiddenError, type Actor } from '@fairlead/domain';
import { permissionsOf, Role, type Permission } from '@fairlead/api';
import type { StoredToken } from '@fairlead/engine';

/** Who is signed in, from the token alone. */
export interface Session {
  readonly user: string;
  readonly role: Role;
  /** Absent: all environments. */
  readonly environments?: readonly string[];
  readonly expiresAt: string;
  readonly actor: Actor;
}

export function sessionOf(token: StoredToken): Session {
  const role = Role.parse(token.role);
  return {
    user: token.user,
    role,
    ...(token.environments === undefined ? {} : { environments: token.environments }),
    expiresAt: token.expiresAt,
    actor: {
      id: ActorId.parse(`local:${token.user}`),
      issuer: 'local',
      subject: token.user,
      amr: ['token'],
      kind: 'person',
      groups: groupsOf[role],
    },
  };
}

/** The groups that a local person's role stands for in policies. */
const groupsOf: Readonly<Record<Role, readonly string[]>> = {
  viewer: [],
  promoter: ['promoters'],
  approver: ['approvers'],
  operator: ['operators'],
  auditor: ['auditors'],
  admin: ['admins'],
};

/** Throws `ForbiddenError` unless the role has the permission. */
export function requirePermission(session: Session, permission: Permission): void {
  if (permissionsOf[session.role].includes(permission)) return;
  const roles = Role.options.filter((role) => permissionsOf[role].includes(permission));
  throw new ForbiddenError('permission-missing', `${session.user} is ${session.role}, which may not ${permission}`, {
    hint: `a person with one of these roles can: ${roles.join(', ')}`,
  });
}

/** `environment` is `service/name`. A token's scope names environments so, or by name alone for every service. */
export function seesEnvironment({ environments }: Session, environment: string): boolean {
  const name = environment.split('/').at(-1) ?? environment;
  return environments === undefined || environments.includes(environment) || environments.includes(name);
}

/** Throws `ForbiddenError` where the token isn't for the environment, given as `service/name`. */
export function requireEnvironment(session: Session, environment: string): void {
  if (seesEnvironment(session, environment)) return;
  throw new ForbiddenError('environment-out-of-scope', `the token of ${session.user} is not for environment ${environment}`, {
    hint: `it is for: ${(session.environments ?? []).join(', ')}`,
  });
}
