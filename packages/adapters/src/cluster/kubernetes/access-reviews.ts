import type { ClusterRight } from '@fairlead/domain';
import { z } from 'zod';
import type { KubernetesWire } from '../../http/kubernetes/kubernetes-wire.ts';

const ResourceRule = z.object({
  verbs: z.array(z.string()).default([]),
  apiGroups: z.array(z.string()).default([]),
  resources: z.array(z.string()).default([]),
  resourceNames: z.array(z.string()).default([]),
});
/** What the server's roles allow us in a namespace. */
export type AccessRule = z.infer<typeof ResourceRule>;

const RulesReview = z.object({ status: z.object({ resourceRules: z.array(ResourceRule).default([]) }) });
const AccessReview = z.object({ status: z.object({ allowed: z.boolean() }) });

const reviews = '/apis/authorization.k8s.io/v1';

/** All that the server can name; some authorisers can only answer to a question. */
export async function rulesIn(wire: KubernetesWire, namespace: string): Promise<readonly AccessRule[]> {
  const body = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectRulesReview', spec: { namespace } };
  const answer = await wire.ask({ path: `${reviews}/selfsubjectrulesreviews`, body });
  return RulesReview.parse(answer.body).status.resourceRules;
}

/** One verb on one resource, of one object where a name is given. */
export interface AccessQuestion extends Pick<ClusterRight, 'group' | 'resource' | 'namespace'> {
  readonly verb: string;
  readonly name?: string;
}

export function questionsOf({ verbs, names, ...right }: ClusterRight): readonly AccessQuestion[] {
  return verbs.flatMap((verb) => (names === undefined ? [{ ...right, verb }] : names.map((name) => ({ ...right, verb, name }))));
}

export async function mayWe(wire: KubernetesWire, question: AccessQuestion): Promise<boolean> {
  const body = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec: { resourceAttributes: question } };
  const answer = await wire.ask({ path: `${reviews}/selfsubjectaccessreviews`, body });
  return AccessReview.parse(answer.body).status.allowed;
}

export function allows(rules: readonly AccessRule[], { group, resource, verb, name }: AccessQuestion): boolean {
  return rules.some(
    ({ verbs, apiGroups, resources, resourceNames }) =>
      has(verbs, verb) &&
      has(apiGroups, group) &&
      has(resources, resource) &&
      (resourceNames.length === 0 || (name !== undefined && resourceNames.includes(name))),
  );
}

function has(list: readonly string[], value: string): boolean {
  return list.includes('*') || list.includes(value);
}
