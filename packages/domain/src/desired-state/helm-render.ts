import { z } from 'zod';
import { apiVersion } from '../document/document-identity.ts';
import { parseDocument, type Parsed, type ReadingMode } from '../document/parse-document.ts';
import { unique } from '../document/unique.ts';
import { Namespace } from '../environment/object-name.ts';
import { Digest } from '../evidence/digest.ts';
import { ComponentName } from '../service/component-name.ts';
import { FilePath } from './file-path.ts';

/** What a folder has in place of a kustomization where a chart is rendered. */
export const helmRenderName = 'helm-render.yaml';

export function isHelmRender(path: string): boolean {
  return path.slice(path.lastIndexOf('/') + 1) === helmRenderName;
}

/** A place in values, as `--set` writes it: `api.image.digest`. */
const ValuesKey = z.string().regex(/^[^\s.[\]{},=\\]+(?:\.[^\s.[\]{},=\\]+)*$/, 'expected keys with dots between them');

/** Where a component's image stands in a values file: as one text, or repository and digest apart. */
const ValuesImage = z
  .strictObject({
    component: ComponentName,
    file: FilePath,
    image: ValuesKey.exactOptional(),
    repository: ValuesKey.exactOptional(),
    digest: ValuesKey.exactOptional(),
  })
  .refine(
    ({ image, repository, digest }) =>
      (image === undefined) !== (digest === undefined) && (image === undefined || repository === undefined),
    {
      error: 'give either image, for repository@sha256:…, or digest, with the repository beside it where it has a key of its own',
    },
  )
  .readonly();
export type ValuesImage = z.infer<typeof ValuesImage>;

const Parameter = z.strictObject({ name: z.string().min(1), value: z.string(), forceString: z.boolean().default(false) }).readonly();

/** How a folder renders by Helm: `helm template` with these flags. Paths are from the folder that it lies in; a `chart` that is packed is pinned by `digest`. */
export const HelmRender = z
  .strictObject({
    apiVersion: z.literal(apiVersion),
    kind: z.literal('HelmRender'),
    spec: z
      .strictObject({
        chart: FilePath,
        digest: Digest.exactOptional(),
        releaseName: z.string().regex(/^(?=.{1,53}$)[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/, 'expected the name of a Helm release'),
        namespace: Namespace,
        values: z.array(FilePath).check(unique('values file')).readonly().default([]),
        parameters: z.array(Parameter).readonly().default([]),
        images: z.array(ValuesImage).check(unique('component', 'component')).readonly().default([]),
        includeCrds: z.boolean().default(true),
        skipHooks: z.boolean().default(false),
        skipTests: z.boolean().default(false),
        kubeVersion: z.string().min(1).exactOptional(),
        apiVersions: z.array(z.string().min(1)).readonly().default([]),
      })
      .refine(({ chart, digest }) => isPacked(chart) === (digest !== undefined), {
        error: 'a packed chart has the digest of its file, a folder has none',
        path: ['digest'],
      })
      .readonly(),
  })
  .readonly();
export type HelmRender = z.infer<typeof HelmRender>;

function isPacked(chart: string): boolean {
  return /\.(?:tgz|tar\.gz)$/.test(chart);
}

export function readHelmRender(text: string, file: string, mode?: ReadingMode): Parsed<HelmRender> {
  return parseDocument({ kind: 'HelmRender', schema: HelmRender }, { text, file }, mode);
}
