import { z } from 'zod';
import { decodeUtf8 } from '../document/utf8.ts';
import type { ImageLabels } from './image-labels.ts';

/** What an image's configuration (OCI image spec) says of its platform and source. */
export interface ImageConfig {
  readonly platform: string;
  readonly labels: ImageLabels;
}

const Config = z.object({
  os: z.string(),
  architecture: z.string(),
  variant: z.string().nullish(),
  config: z.object({ Labels: z.record(z.string(), z.string()).nullish() }).nullish(),
});

/** `undefined`: the bytes are no image's configuration, but something that an artifact keeps there. */
export function readImageConfig(bytes: Uint8Array): ImageConfig | undefined {
  const read = Config.safeParse(parseJson(decodeUtf8(bytes) ?? ''));
  if (!read.success) return undefined;
  const { os, architecture, variant, config } = read.data;
  const platform = [os, architecture, ...(variant == null || variant === '' ? [] : [variant])].join('/');
  return { platform, labels: sourceLabels(config?.Labels ?? {}) };
}

/** The labels or annotations that say what something was built from. An empty one says nothing. */
export function sourceLabels(all: Readonly<Record<string, string>>): ImageLabels {
  const revision = all['org.opencontainers.image.revision'] ?? '';
  const source = all['org.opencontainers.image.source'] ?? '';
  return { ...(revision === '' ? {} : { revision }), ...(source === '' ? {} : { source }) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
