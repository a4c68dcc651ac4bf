import type { RendererOptions } from '@fairlead/renderer';

/** Bounds of one render and how many run at once; each has a default. */
export type WasmRendererOptions = RendererOptions;
