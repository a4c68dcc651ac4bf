export { playedRegistry, type PlayedRegistry, type PlayedRequest } from './played-registry.ts';
export { pushImage, type PushedImage } from './push-image.ts';
