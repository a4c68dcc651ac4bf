import type { Plan } from './plan.ts';
import { planDigest } from './plan.ts';
import type { PromotionId } from './promotion-id.ts';

/** The branch of a promotion: nobody else's, and the same each time. */
export function promotionBranch({ service, environment }: Pick<Plan, 'service' | 'environment'>, id: PromotionId): string {
  return `fairlead/${service}/${environment.slice(environment.indexOf('/') + 1)}/${id}`;
}

/** Subject of the commit and title of the change. */
export function promotionTitle({
  kind,
  service,
  environment,
  release,
}: Pick<Plan, 'kind' | 'service' | 'environment' | 'release'>): string {
  const name = environment.slice(environment.indexOf('/') + 1);
  switch (kind) {
    case 'release':
      return `promote ${service} ${release.version} to ${name}`;
    case 'config':
      return `change the configuration of ${service} in ${name}`;
    case 'rollback':
      return `roll ${service} in ${name} back to ${release.version}`;
  }
}

/** The commit's message. Its trailers bind it to the promotion, the release, the environment and the plan. */
export function promotionMessage(plan: Plan, id: PromotionId): string {
  const { release, environment, edits } = plan;
  const files = new Set(edits.map(({ path }) => path)).size;
  return [
    promotionTitle(plan),
    '',
    `Release ${release.version} of ${plan.service} was built from ${release.commit}.`,
    `It changes ${String(files)} ${files === 1 ? 'file' : 'files'} and ${String(plan.changes.length)} rendered objects.`,
    '',
    `Fairlead-Promotion: ${id}`,
    `Fairlead-Release: ${release.digest}`,
    `Fairlead-Environment: ${environment}`,
    `Fairlead-Plan: ${planDigest(plan)}`,
  ].join('\n');
}
