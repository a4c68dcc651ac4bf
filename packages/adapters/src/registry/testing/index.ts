export { playedRegistry, type PlayedRegistry } from './played-registry.ts';
