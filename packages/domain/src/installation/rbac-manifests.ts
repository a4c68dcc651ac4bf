import type { JsonObject } from '../document/json.ts';
import type { ClusterRight } from './cluster-rights.ts';

/** Who gets the rights. */
export type RbacSubject =
  | { readonly kind: 'ServiceAccount'; readonly namespace: string; readonly name: string }
  | { readonly kind: 'User' | 'Group'; readonly name: string };

export interface RbacOptions {
  /** Of each role and binding. */
  readonly name: string;
  readonly subject: RbacSubject;
}

const group = 'rbac.authorization.k8s.io';

/** A role and its binding for each namespace, and for the whole cluster where something is needed there. In an order that doesn't change. */
export function rbacManifests(rights: readonly ClusterRight[], options: RbacOptions): readonly JsonObject[] {
  const namespaces = [...new Set(rights.flatMap(({ namespace }) => namespace ?? []))].toSorted();
  const wide = rights.filter(({ namespace }) => namespace === undefined);
  return [
    ...(wide.length === 0 ? [] : pair(options, undefined, wide)),
    ...namespaces.flatMap((namespace) =>
      pair(
        options,
        namespace,
        rights.filter((right) => right.namespace === namespace),
      ),
    ),
  ];
}

function pair({ name, subject }: RbacOptions, namespace: string | undefined, rights: readonly ClusterRight[]): readonly JsonObject[] {
  const [role, binding] = namespace === undefined ? ['ClusterRole', 'ClusterRoleBinding'] : ['Role', 'RoleBinding'];
  const metadata = { name, ...(namespace === undefined ? {} : { namespace }), labels: { 'app.kubernetes.io/name': 'fairlead' } };
  const apiVersion = `${group}/v1`;
  return [
    { apiVersion, kind: role, metadata, rules: rulesOf(rights) },
    { apiVersion, kind: binding, metadata, roleRef: { apiGroup: group, kind: role, name }, subjects: [subjectOf(subject)] },
  ];
}

function subjectOf(subject: RbacSubject): JsonObject {
  return subject.kind === 'ServiceAccount' ? { ...subject } : { ...subject, apiGroup: group };
}

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

/** Rights on several resources of a group that differ in nothing else are one rule. */
function rulesOf(rights: readonly ClusterRight[]): readonly JsonObject[] {
  const rules = new Map<string, Rule>();
  for (const right of rights) {
    const { verbs, resource, names } = right;
    const key = JSON.stringify([right.group, verbs, names ?? []]);
    const resources = new Set([...(rules.get(key)?.resources ?? []), resource]);
    rules.set(key, {
      apiGroups: [right.group],
      resources: [...resources].toSorted(),
      ...(names === undefined ? {} : { resourceNames: names }),
      verbs,
    });
  }
  return [...rules.values()].map((rule) => ({ ...rule }));
}
