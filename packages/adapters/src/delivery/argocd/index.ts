export { argoCdDelivery } from './argocd-delivery.ts';
export type { ArgoCdOptions, KubeConfigs } from './options.ts';
