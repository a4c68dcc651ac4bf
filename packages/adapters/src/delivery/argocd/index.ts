export { argoCdDelivery } from './argocd-delivery.ts';
export type { ArgoCdOptions } from './options.ts';
