/** From best to worst, in the order by which Argo CD lets the worst decide. */
export const healthStatuses = ['Healthy', 'Suspended', 'Progressing', 'Missing', 'Degraded', 'Unknown'] as const;
export type HealthStatus = (typeof healthStatuses)[number];

/** What one object's status says of it. */
export interface Health {
  readonly status: HealthStatus;
  readonly message?: string;
  /** What it counts as among others, where that isn't its status: a job that somebody holds doesn't hold its application. */
  readonly countsAs?: HealthStatus;
}

/** The worst of several, as one; of nothing, healthy. */
export function worstHealth(all: readonly Health[]): Health {
  return all.reduce<Health>((worst, health) => (rank(health) > rank(worst) ? health : worst), { status: 'Healthy' });
}

function rank({ status, countsAs }: Health): number {
  return healthStatuses.indexOf(countsAs ?? status);
}

export function health(status: HealthStatus, message?: string): Health {
  return message === undefined || message === '' ? { status } : { status, message };
}
