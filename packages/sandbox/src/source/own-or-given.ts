import { createRenderer } from '@fairlead/renderer';

import { type Render } from './render.ts';

/** A renderer that was given isn't ours to end. */
export function ownOrGiven(given: Render | undefined): { readonly render: Render; readonly end: () => Promise<void> } {
  if (given !== undefined) return { render: given, end: () => Promise.resolve() };
  const renderer = createRenderer();
  return {
    render: (request) => renderer.render(request),
    end: async () => {
      await renderer[Symbol.asyncDispose]();
    },
  };
}
