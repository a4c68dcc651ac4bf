import { z } from 'zod';
import type { Json } from '../../document/json.ts';

/**
 * What we read of an OpenAPI schema, as the API server publishes it for its own kinds and as a CustomResourceDefinition holds it.
 * Whatever has another form than documented is absent: a strange definition costs accuracy, never the scan.
 */
export interface OpenApiSchema {
  readonly $ref?: string | undefined;
  readonly allOf?: readonly OpenApiSchema[] | undefined;
  readonly properties?: Readonly<Record<string, OpenApiSchema>> | undefined;
  readonly items?: OpenApiSchema | undefined;
  readonly additionalProperties?: OpenApiSchema | undefined;
  readonly format?: string | undefined;
  readonly pattern?: string | undefined;
  readonly default?: Json | undefined;
  readonly 'x-kubernetes-int-or-string'?: boolean | undefined;
  readonly 'x-kubernetes-list-type'?: 'atomic' | 'set' | 'map' | undefined;
  readonly 'x-kubernetes-list-map-keys'?: readonly string[] | undefined;
  readonly 'x-kubernetes-patch-merge-key'?: string | undefined;
  readonly 'x-kubernetes-map-type'?: 'atomic' | 'granular' | undefined;
}

function tolerant<T extends z.ZodType>(type: T): z.ZodCatch<z.ZodOptional<T>> {
  return type.optional().catch(undefined);
}

export const OpenApiSchema: z.ZodType<OpenApiSchema> = z.lazy(() =>
  z.object({
    $ref: tolerant(z.string()),
    allOf: tolerant(z.array(OpenApiSchema)),
    properties: tolerant(z.record(z.string(), OpenApiSchema)),
    items: tolerant(OpenApiSchema),
    additionalProperties: tolerant(OpenApiSchema),
    format: tolerant(z.string()),
    pattern: tolerant(z.string()),
    default: tolerant(z.json()),
    'x-kubernetes-int-or-string': tolerant(z.boolean()),
    'x-kubernetes-list-type': tolerant(z.enum(['atomic', 'set', 'map'])),
    'x-kubernetes-list-map-keys': tolerant(z.array(z.string())),
    'x-kubernetes-patch-merge-key': tolerant(z.string()),
    'x-kubernetes-map-type': tolerant(z.enum(['atomic', 'granular'])),
  }),
);
