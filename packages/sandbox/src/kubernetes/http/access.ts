import { createHash, timingSafeEqual } from 'node:crypto';
import { StatusError } from '../api/status-error.ts';

/** What a token may do. `*` stands for every verb, group, resource or namespace. */
export interface AccessRule {
  readonly verbs: readonly string[];
  readonly groups: readonly string[];
  /** By plural; `deployments/scale` names a subresource. */
  readonly resources: readonly string[];
  /** Every one, when left out. */
  readonly namespaces?: readonly string[];
}

export interface AccessToken {
  readonly token: string;
  readonly user: string;
  readonly rules: readonly AccessRule[];
}

export interface User {
  readonly name: string;
  readonly rules: readonly AccessRule[];
}

export interface Access {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
}

export const everyRight: readonly AccessRule[] = [{ verbs: ['*'], groups: ['*'], resources: ['*'] }];

export function authenticate(tokens: readonly AccessToken[], authorization: string): User {
  const presented = /^bearer\s+(\S+)$/i.exec(authorization)?.[1] ?? '';
  const known = tokens.find(({ token }) => sameText(token, presented));
  if (known === undefined) throw new StatusError('Unauthorized', 'Unauthorized');
  return { name: known.user, rules: known.rules };
}

/** The user that a request acts as: itself, or whom it impersonates. Whom no token knows may do nothing. */
export function actingUser(tokens: readonly AccessToken[], user: User, impersonated: string | undefined): User {
  if (impersonated === undefined) return user;
  const [, , namespace, account] = impersonated.startsWith('system:serviceaccount:') ? impersonated.split(':') : [];
  const subject =
    account === undefined || namespace === undefined
      ? { resource: 'users', name: impersonated }
      : { resource: 'serviceaccounts', name: account, namespace };
  requireAccess(user, { verb: 'impersonate', group: '', ...subject });
  return { name: impersonated, rules: tokens.find((token) => token.user === impersonated)?.rules ?? [] };
}

function sameText(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}

export function isAllowed({ rules }: User, access: Access): boolean {
  return rules.some((rule) => covers(rule, access));
}

function covers(rule: AccessRule, { verb, group, resource, subresource, namespace }: Access): boolean {
  const full = subresource === undefined ? resource : `${resource}/${subresource}`;
  const has = (list: readonly string[], value: string): boolean => list.includes('*') || list.includes(value);
  const inNamespace = rule.namespaces === undefined || (namespace !== undefined && has(rule.namespaces, namespace));
  return has(rule.verbs, verb) && has(rule.groups, group) && has(rule.resources, full) && inNamespace;
}

export function requireAccess(user: User, access: Access): void {
  if (isAllowed(user, access)) return;
  const { verb, group, resource, subresource, namespace, name } = access;
  const full = subresource === undefined ? resource : `${resource}/${subresource}`;
  const qualified = group === '' ? resource : `${resource}.${group}`;
  const object = name === undefined ? qualified : `${qualified} "${name}"`;
  const scope = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  const said = `User "${user.name}" cannot ${verb} resource "${full}" in API group "${group}" ${scope}`;
  const details = { ...(name !== undefined && { name }), ...(group !== '' && { group }), kind: resource };
  throw new StatusError('Forbidden', `${object} is forbidden: ${said}`, details);
}
