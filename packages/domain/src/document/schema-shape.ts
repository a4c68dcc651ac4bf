import { isMap, isScalar, isSeq } from 'yaml';
import { z } from 'zod';

export type Schema = z.core.$ZodType;

/** What a schema wants of a node, as far as reading it depends on that. `natural`: as YAML 1.2 core has it. */
export type SchemaShape =
  | { readonly kind: 'text' }
  | { readonly kind: 'natural' }
  | { readonly kind: 'list'; readonly element: Schema }
  | { readonly kind: 'entries'; readonly value: Schema }
  | { readonly kind: 'fields'; readonly fields: Readonly<Record<string, Schema>>; readonly schema: Schema };

const natural: SchemaShape = { kind: 'natural' };

/** The shape that fits the node; of several options the one that its discriminator names, else the first of its kind that knows all its fields. */
export function shapeFor(schema: Schema, node: unknown): SchemaShape {
  const inner = unwrap(schema);
  if (inner !== undefined) return shapeFor(inner, node);
  if (schema instanceof z.ZodDiscriminatedUnion) return discriminated(schema, node);
  if (schema instanceof z.ZodUnion) {
    const fitting = schema.options.map((option) => shapeFor(option, node)).filter((shape) => fits(shape, node));
    return fitting.find((shape) => knowsAll(shape, node)) ?? fitting[0] ?? natural;
  }
  return ownShape(schema);
}

function ownShape(schema: Schema): SchemaShape {
  if (isText(schema)) return { kind: 'text' };
  if (schema instanceof z.ZodObject) return { kind: 'fields', fields: schema.shape, schema };
  if (schema instanceof z.ZodArray) return { kind: 'list', element: schema.element };
  if (schema instanceof z.ZodRecord) return { kind: 'entries', value: schema.valueType };
  return natural;
}

function unwrap(schema: Schema): Schema | undefined {
  if (schema instanceof z.ZodPipe) return schema.in;
  if (schema instanceof z.ZodLazy) return schema.unwrap();
  const wrapped =
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodExactOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodReadonly ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault;
  return wrapped ? schema.unwrap() : undefined;
}

function isText(schema: Schema): boolean {
  if (schema instanceof z.ZodString || schema instanceof z.ZodStringFormat || schema instanceof z.ZodEnum) return true;
  return schema instanceof z.ZodLiteral && [...schema.values].every((value) => typeof value === 'string');
}

function discriminated(schema: z.ZodDiscriminatedUnion, node: unknown): SchemaShape {
  const name = schema.def.discriminator;
  const value = isMap(node) ? node.get(name) : undefined;
  const shapes = schema.options.map((option) => shapeFor(option, node));
  return shapes.find((shape) => shape.kind === 'fields' && accepts(shape.fields[name], value)) ?? natural;
}

function accepts(schema: Schema | undefined, value: unknown): boolean {
  return schema !== undefined && z.safeParse(schema, value).success;
}

function fits(shape: SchemaShape, node: unknown): boolean {
  switch (shape.kind) {
    case 'text':
      return isScalar(node);
    case 'list':
      return isSeq(node);
    case 'entries':
    case 'fields':
      return isMap(node);
    case 'natural':
      return true;
  }
}

function knowsAll(shape: SchemaShape, node: unknown): boolean {
  if (shape.kind !== 'fields' || !isMap(node)) return true;
  return node.items.every(({ key }) => isScalar(key) && Object.hasOwn(shape.fields, String(key.value)));
}
