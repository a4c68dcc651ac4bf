import { objectAt, textAt } from '../json/json-path.ts';
import { isAllowed } from './access.ts';
import { json, type Answer } from './answer.ts';
import { bodyObject, type ApiRequest } from './api-request.ts';

/** What the asker may do, and who the asker is. */
export function reviewRoute(request: ApiRequest): Answer | undefined {
  if (request.method !== 'POST') return undefined;
  if (request.path === '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews') return accessReview(request);
  if (request.path === '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews') return rulesReview(request);
  if (request.path !== '/apis/authentication.k8s.io/v1/selfsubjectreviews') return undefined;
  return json(
    {
      kind: 'SelfSubjectReview',
      apiVersion: 'authentication.k8s.io/v1',
      ...bodyObject(request, 'SelfSubjectReview'),
      status: { userInfo: { username: request.user.name, groups: ['system:authenticated'] } },
    },
    201,
  );
}

function accessReview(request: ApiRequest): Answer {
  const review = bodyObject(request, 'SelfSubjectAccessReview');
  const asked = objectAt(review, 'spec', 'resourceAttributes');
  const subresource = textAt(asked, 'subresource') ?? '';
  const namespace = textAt(asked, 'namespace') ?? '';
  const allowed = isAllowed(request.user, {
    verb: textAt(asked, 'verb') ?? '',
    group: textAt(asked, 'group') ?? '',
    resource: textAt(asked, 'resource') ?? '',
    ...(subresource !== '' && { subresource }),
    ...(namespace !== '' && { namespace }),
  });
  return json(
    {
      kind: 'SelfSubjectAccessReview',
      apiVersion: 'authorization.k8s.io/v1',
      ...review,
      status: { allowed, ...(allowed && { reason: 'allowed by the token of the sandbox' }) },
    },
    201,
  );
}

function rulesReview(request: ApiRequest): Answer {
  const review = bodyObject(request, 'SelfSubjectRulesReview');
  const namespace = textAt(objectAt(review, 'spec'), 'namespace') ?? '';
  const resourceRules = request.user.rules
    .filter(({ namespaces }) => namespaces === undefined || namespaces.includes('*') || namespaces.includes(namespace))
    .map(({ verbs, groups, resources }) => ({ verbs, apiGroups: groups, resources }));
  return json(
    {
      kind: 'SelfSubjectRulesReview',
      apiVersion: 'authorization.k8s.io/v1',
      ...review,
      status: { resourceRules, nonResourceRules: [], incomplete: false },
    },
    201,
  );
}
