import { type RenderRequest } from '@fairlead/renderer';

export type RenderOutcome =
  { readonly kind: 'rendered'; readonly objects: readonly unknown[] } | { readonly kind: 'failed'; readonly message: string };

/** What the sandbox needs of a renderer; that of `@fairlead/renderer` is one. */
export type Render = (request: RenderRequest) => Promise<RenderOutcome>;
