import { rendererVersions as recorded } from '@fairlead/renderer';

/** What renders, by name: `kustomize`, `helm`, and the module's own digest. */
export async function rendererVersions(): Promise<Readonly<Record<string, string>>> {
  return { ...(await recorded()) };
}
