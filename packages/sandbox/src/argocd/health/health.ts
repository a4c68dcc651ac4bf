/** From best to worst, as Argo CD orders them. */
export const healthOrder = ['Healthy', 'Suspended', 'Progressing', 'Missing', 'Degraded', 'Unknown'] as const;

export type HealthStatus = (typeof healthOrder)[number];

export interface Health {
  readonly status: HealthStatus;
  readonly message?: string;
}

export const healthy: Health = { status: 'Healthy' };

export function progressing(message: string): Health {
  return { status: 'Progressing', message };
}

export function degraded(message: string): Health {
  return { status: 'Degraded', message };
}

export function suspended(message: string): Health {
  return { status: 'Suspended', message };
}

export function worstOf(statuses: readonly HealthStatus[]): HealthStatus {
  return statuses.reduce<HealthStatus>(
    (worst, status) => (healthOrder.indexOf(status) > healthOrder.indexOf(worst) ? status : worst),
    'Healthy',
  );
}
