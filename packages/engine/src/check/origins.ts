import {
  digestOfText,
  encodeUtf8,
  helmRenderName,
  kustomizationNames,
  objectKey,
  objectRefOf,
  originOf,
  pathFrom,
  withOriginAnnotations,
} from '@fairlead/domain';
import type { FileSnapshot } from '../ports/file-snapshot.ts';
import type { Checking, Origins, RenderedEnvironment } from './checking.ts';

/** Renders a second time, asking kustomize for origins: once for each environment, and only where something was found. */
export function originFinder(reading: Pick<Checking, 'renderer' | 'files' | 'texts'>): Checking['origins'] {
  const made = new Map<string, Promise<Origins>>();
  return (environment) => {
    const origins = made.get(environment.name) ?? findOrigins(reading, environment);
    made.set(environment.name, origins);
    return origins;
  };
}

async function findOrigins(
  { renderer, files, texts }: Pick<Checking, 'renderer' | 'files' | 'texts'>,
  environment: RenderedEnvironment,
): Promise<Origins> {
  const kustomization = kustomizationOf(environment);
  const text = await texts.text(kustomization);
  const asking = text.kind === 'text' ? withOriginAnnotations(text.text) : undefined;
  const outcome = asking === undefined ? undefined : await renderer.render(environment.path, withText(files, kustomization, asking));
  const found = new Map<string, string>();
  for (const object of outcome?.kind === 'rendered' ? outcome.objects : []) {
    const origin = originOf(object);
    const file = origin === undefined ? undefined : pathFrom(environment.path, origin);
    if (file !== undefined) found.set(objectKey(objectRefOf(object)), file);
  }
  return { fileOf: (object) => found.get(objectKey(object)) ?? kustomization };
}

/** The file in which an environment's render begins: its kustomization, else what names its chart. */
export function kustomizationOf({ path, inputs }: RenderedEnvironment): string {
  const candidates = [...kustomizationNames, helmRenderName, 'Chart.yaml'].map((name) => (path === '' ? name : `${path}/${name}`));
  return candidates.find((candidate) => inputs.includes(candidate)) ?? candidates[0] ?? path;
}

function withText(files: FileSnapshot, path: string, text: string): FileSnapshot {
  return {
    async look(asked) {
      const answer = await files.look(asked);
      return asked === path && answer.kind === 'file' ? { ...answer, bytes: encodeUtf8(text), digest: digestOfText(text) } : answer;
    },
  };
}
