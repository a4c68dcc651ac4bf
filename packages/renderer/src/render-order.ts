import { type RenderRequest } from './render-request.ts';
import { type RenderErrorCode } from './render-result.ts';
import { rootPath } from './root-path.ts';

export type RenderOrder =
  | {
      readonly kind: 'order';
      /** The request without its files, as the guest reads it (`go/handle.go`); equal for equal requests. */
      readonly text: string;
    }
  | { readonly kind: 'refused'; readonly code: RenderErrorCode; readonly message: string };

/** Checks a request's paths and words it for the guest. */
export function wordOrder(request: RenderRequest): RenderOrder {
  const paths = [request.path, ...(request.kind === 'helm' ? (request.valuesFiles ?? []) : [])];
  const clean: string[] = [];
  for (const text of paths) {
    const resolved = rootPath(text);
    if (resolved.kind === 'outside') return { kind: 'refused', code: 'outside-root', message: `'${text}' is outside the readable root` };
    if (resolved.kind === 'malformed') return { kind: 'refused', code: 'bad-request', message: `'${text}' is not a relative path` };
    clean.push(resolved.path);
  }
  const [path, ...valuesFiles] = clean;
  if (request.kind === 'kustomize') return { kind: 'order', text: JSON.stringify({ kind: request.kind, path }) };
  return {
    kind: 'order',
    text: JSON.stringify({
      kind: request.kind,
      path,
      valuesFiles,
      releaseName: request.releaseName,
      namespace: request.namespace,
      kubeVersion: request.kubeVersion,
      apiVersions: request.apiVersions,
      set: request.set,
      values: request.values,
      includeCrds: request.includeCrds,
      skipHooks: request.skipHooks,
      skipTests: request.skipTests,
    }),
  };
}
