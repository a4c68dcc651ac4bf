import { isMap, isSeq, parseDocument } from 'yaml';
import { z } from 'zod';
import type { JsonObject } from '../document/json.ts';

const option = 'originAnnotations';

/** The kustomization, asking kustomize to say of each object where it comes from. `undefined` where its text is no map. */
export function withOriginAnnotations(text: string): string | undefined {
  const document = parseDocument(text, { logLevel: 'silent', uniqueKeys: false });
  if (document.errors.length > 0 || !isMap(document.contents)) return undefined;
  const asked: unknown = document.get('buildMetadata');
  if (isSeq(asked)) asked.add(option);
  else document.set('buildMetadata', [option]);
  return document.toString();
}

const Annotated = z.object({ metadata: z.object({ annotations: z.object({ 'config.kubernetes.io/origin': z.string() }) }) });

/** Where a rendered object comes from: a file, or the kustomization that generated it; from the folder that was rendered. */
export function originOf(object: JsonObject): string | undefined {
  const annotated = Annotated.safeParse(object);
  if (!annotated.success) return undefined;
  const lines = annotated.data.metadata.annotations['config.kubernetes.io/origin'];
  return /^(?:path|configuredIn): (.+)$/m.exec(lines)?.[1]?.trim();
}
