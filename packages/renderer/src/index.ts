export { type FileAnswer, type FileSnapshot } from './file-snapshot.ts';
export { memorySnapshot } from './memory-snapshot.ts';
export { rendererVersions } from './module-artifact.ts';
export { type HelmRequest, type HelmSetting, type KustomizeRequest, type RenderRequest } from './render-request.ts';
export {
  type InputRead,
  type Rendered,
  type RenderErrorCode,
  type RendererVersions,
  type RenderFailure,
  type RenderResult,
} from './render-result.ts';
export { createRenderer, type Renderer, type RendererOptions } from './renderer.ts';
