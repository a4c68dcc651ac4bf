export { playedRegistry, type PlayedRegistry } from './played-registry.ts';
export { pushImage } from './push-image.ts';
export { registryContract } from './registry-contract.ts';
