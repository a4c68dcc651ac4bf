import {
  digestOfBytes,
  documentText,
  helmRenderName,
  kustomizationNames,
  pathFrom,
  readHelmRender,
  type HelmRender,
  type Problem,
  type RepoPath,
} from '@fairlead/domain';
import type { FileAnswer, FileSnapshot } from '../ports/file-snapshot.ts';
import type { InputRead, RenderErrorCode } from '../ports/renderer.ts';

/** A chart with all that it is rendered with; paths from the root. */
export interface ChartToRender extends Pick<HelmRender['spec'], 'includeCrds' | 'skipHooks' | 'skipTests' | 'parameters' | 'apiVersions'> {
  readonly chart: string;
  readonly releaseName: string;
  readonly namespace: string;
  readonly values: readonly string[];
  readonly kubeVersion?: string;
}

/** What a folder renders by, and what was read to know it. */
export type RenderSource = { readonly inputs: readonly InputRead[] } & (
  | { readonly kind: 'kustomization' }
  | { readonly kind: 'chart'; readonly chart: ChartToRender }
  | { readonly kind: 'failed'; readonly code: RenderErrorCode; readonly message: string }
);

/** A folder says itself what it renders by, so that whoever changes it changes the environment: `helm-render.yaml` is a chart with its options, a
 *  `Chart.yaml` without a kustomization beside it is a chart as it comes, all else is a kustomization. */
export async function renderSource(folder: RepoPath | '', files: FileSnapshot): Promise<RenderSource> {
  const reading: Reading = { folder, files, inputs: [] };
  const document = await read(reading, helmRenderName);
  const source = document.kind === 'file' ? await declared(reading, document.bytes) : await undeclared(reading);
  return { ...source, inputs: reading.inputs };
}

interface Reading {
  readonly folder: string;
  readonly files: FileSnapshot;
  readonly inputs: InputRead[];
}

type Found = RenderSource extends infer Source ? (Source extends unknown ? Omit<Source, 'inputs'> : never) : never;

async function declared(reading: Reading, bytes: Uint8Array): Promise<Found> {
  const file = below(reading.folder, helmRenderName);
  if (await hasKustomization(reading))
    return failed(`${below(reading.folder, '')} has both a kustomization and ${helmRenderName}: remove one`);
  const text = documentText(bytes, file);
  const document = text.kind === 'text' ? readHelmRender(text.text, file) : text;
  if (document.kind === 'invalid') return failed(document.problems.map(said).join('; '));
  return chartOf(reading, document.value);
}

async function chartOf(reading: Reading, { spec }: HelmRender): Promise<Found> {
  const chart = pathFrom(reading.folder, spec.chart);
  const values = spec.values.map((path) => pathFrom(reading.folder, path));
  const outside = chart === undefined ? spec.chart : spec.values[values.indexOf(undefined)];
  if (chart === undefined || outside !== undefined) {
    return {
      kind: 'failed',
      code: 'outside-root',
      message: `'${outside ?? ''}' of ${below(reading.folder, helmRenderName)} is outside the readable root`,
    };
  }
  const differs = spec.digest === undefined ? undefined : await otherDigest(reading, chart, spec.digest);
  if (differs !== undefined) return failed(differs);
  const { releaseName, namespace, parameters, includeCrds, skipHooks, skipTests, kubeVersion, apiVersions } = spec;
  const options = { releaseName, namespace, parameters, includeCrds, skipHooks, skipTests, apiVersions };
  return {
    kind: 'chart',
    chart: {
      chart,
      values: values.filter((path) => path !== undefined),
      ...options,
      ...(kubeVersion === undefined ? {} : { kubeVersion }),
    },
  };
}

async function otherDigest({ files, inputs }: Reading, chart: string, pinned: string): Promise<string | undefined> {
  const packed = await files.look(chart);
  inputs.push(learned(chart, packed));
  if (packed.kind !== 'file') return `there is no chart ${chart}`;
  const digest = digestOfBytes(packed.bytes);
  return digest === pinned ? undefined : `the chart ${chart} has the digest ${digest}, and is pinned as ${pinned}`;
}

/** As `helm template` takes a chart about which nobody said anything. */
async function undeclared(reading: Reading): Promise<Found> {
  if (await hasKustomization(reading)) return { kind: 'kustomization' };
  if ((await read(reading, 'Chart.yaml')).kind !== 'file') return { kind: 'kustomization' };
  const { folder } = reading;
  const releaseName = folder.slice(folder.lastIndexOf('/') + 1).replaceAll(/[^a-z0-9-]+/g, '-') || 'release-name';
  const options = { includeCrds: true, skipHooks: false, skipTests: false, parameters: [], apiVersions: [] };
  return { kind: 'chart', chart: { chart: folder, releaseName, namespace: 'default', values: [], ...options } };
}

async function hasKustomization(reading: Reading): Promise<boolean> {
  for (const name of kustomizationNames) if ((await read(reading, name)).kind !== 'absent') return true;
  return false;
}

async function read({ folder, files, inputs }: Reading, name: string): Promise<FileAnswer> {
  const path = below(folder, name);
  const answer = await files.look(path);
  inputs.push(learned(path, answer));
  return answer;
}

function learned(path: string, answer: FileAnswer): InputRead {
  switch (answer.kind) {
    case 'file':
    case 'directory':
      return { path, kind: answer.kind, digest: answer.digest };
    case 'absent':
      return { path, kind: answer.kind };
    case 'symlink':
      return { path, kind: answer.kind, ...(answer.target === undefined ? {} : { digest: answer.target }) };
  }
}

function failed(message: string): Found {
  return { kind: 'failed', code: 'render-failed', message };
}

function said({ file, line, message }: Problem): string {
  return `${file}:${String(line)}: ${message}`;
}

function below(folder: string, name: string): string {
  return [folder, name].filter((part) => part !== '').join('/');
}
