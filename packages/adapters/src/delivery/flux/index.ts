export * from './flux-delivery.ts';
