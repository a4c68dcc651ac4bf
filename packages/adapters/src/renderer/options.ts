import type { RemoteBases } from '@fairlead/engine';
import type { RendererOptions } from '@fairlead/renderer';

/** Bounds of one render and how many run at once; each has a default. */
export interface WasmRendererOptions extends RendererOptions {
  /** Where bases that are pinned by commit come from. Absent: whatever is remote is refused. */
  readonly remoteBases?: RemoteBases;
}
