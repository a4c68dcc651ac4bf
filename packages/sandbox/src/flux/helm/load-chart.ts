import { type FileSnapshot } from '@fairlead/renderer';
import { parse } from 'yaml';

import { at, isJson, objectAt, textAt, type Json } from '../../json/json.ts';
import { type KubeObject } from '../../kube/kube-object.ts';
import { tidyPath } from '../../source/tidy-path.ts';
import { type FluxContext } from '../controller/flux-context.ts';
import { findSource } from '../source/find-source.ts';
import { chartSourceOf, type ChartSource } from './helm-release.ts';

export interface LoadedChart {
  readonly files: FileSnapshot;
  readonly path: string;
  readonly name: string;
  /** With the source's revision, where that counts. */
  readonly version: string;
  readonly appVersion: string;
  /** Of an OCI source. */
  readonly ociDigest?: string;
}

export type ChartLookup =
  { readonly kind: 'loaded'; readonly chart: LoadedChart } | { readonly kind: 'not-ready' | 'failed'; readonly message: string };

export async function loadChart(context: FluxContext, release: KubeObject): Promise<ChartLookup> {
  const source = chartSourceOf(release);
  const found = await findSource(context.client, source);
  if (found === undefined) {
    return { kind: 'failed', message: `could not get Source object: ${source.kind} '${source.namespace}/${source.name}' not found` };
  }
  const artifact = objectAt(found, 'status', 'artifact');
  const revision = textAt(artifact, 'revision');
  const files = context.artifacts.get(textAt(artifact, 'path') ?? '');
  if (revision === undefined || files === undefined) {
    const label = `${source.kind} '${source.namespace}/${source.name}'`;
    return { kind: 'not-ready', message: `${label} is not ready: does not have an artifact` };
  }
  return readChart(source, { files, revision });
}

interface Stored {
  readonly files: FileSnapshot;
  readonly revision: string;
}

async function readChart(source: ChartSource, { files, revision }: Stored): Promise<ChartLookup> {
  const path = tidyPath(source.path);
  const answer = await files.look(path === '' ? 'Chart.yaml' : `${path}/Chart.yaml`);
  if (answer.kind !== 'file') return { kind: 'failed', message: `Could not load chart: no chart at '${source.path}'` };
  const parsed: unknown = parse(Buffer.from(answer.bytes).toString());
  const metadata: Json = isJson(parsed) ? parsed : {};
  const digest = revision.slice(revision.lastIndexOf(':') + 1);
  const plain = textAt(metadata, 'version') ?? '';
  const appVersion = at(metadata, 'appVersion');
  const chart = {
    files,
    path,
    name: textAt(metadata, 'name') ?? '',
    version: source.byRevision ? `${plain}+${digest.slice(0, 12)}` : plain,
    appVersion: typeof appVersion === 'string' || typeof appVersion === 'number' ? String(appVersion) : '',
    ...(source.kind === 'OCIRepository' && { ociDigest: `sha256:${digest}` }),
  };
  return { kind: 'loaded', chart };
}
