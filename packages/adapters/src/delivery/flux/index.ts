export { fluxDelivery } from './flux-delivery.ts';
export type { FluxOptions } from './options.ts';
