import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import type { SchemaVerdict } from '@fairlead/engine';
import type { Evaluation } from './evaluation.ts';

type Schema = Extract<Evaluation, { readonly kind: 'schema' }>;
type Verdict = Exclude<SchemaVerdict, { readonly kind: 'exhausted' }>;

/** Judges a value by a schema that somebody wrote. Strict: a keyword that nobody knows is a mistake, and a schema has none. */
export function validateValue({ schema, value }: Schema): Verdict {
  const filled = structuredClone(value); // defaults are written into it
  try {
    const ajv = new Ajv2020({
      strict: true,
      strictTypes: false,
      strictRequired: false,
      strictTuples: false,
      validateFormats: false,
      allErrors: true,
      useDefaults: true,
      logger: false,
    });
    const validate = ajv.compile(isSchema(schema) ? schema : {});
    if (validate(filled)) return { kind: 'valid', value: filled };
    return { kind: 'invalid', faults: (validate.errors ?? []).map(faultOf) };
  } catch (error) {
    return { kind: 'unusable', message: saying(error) };
  }
}

function isSchema(schema: unknown): schema is object {
  return typeof schema === 'object' && schema !== null;
}

function faultOf({ instancePath, keyword, params, message = 'is wrong' }: ErrorObject): {
  readonly pointer: string;
  readonly message: string;
} {
  if (keyword === 'required') return { pointer: instancePath, message: `${String(params['missingProperty'])} is missing` };
  if (keyword === 'additionalProperties') {
    const name = String(params['additionalProperty']);
    return { pointer: `${instancePath}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, message: 'is not in the schema' };
  }
  const allowed: unknown = params['allowedValues'];
  const list = Array.isArray(allowed) ? `: ${allowed.map((one) => JSON.stringify(one)).join(', ')}` : '';
  return { pointer: instancePath, message: `${message}${list}` };
}

function saying(error: unknown): string {
  const [text = ''] = error instanceof Error ? error.message.split('\n') : [];
  const remote = /^can't resolve reference (\S+) from id/.exec(text)?.[1];
  if (remote !== undefined) return `it refers to ${remote}, which is not in it: nothing is fetched`;
  const dialect = /^no schema with key or ref "(.*)"$/.exec(text)?.[1];
  if (dialect !== undefined) return `$schema is ${dialect}, expected JSON Schema draft 2020-12`;
  return text.replace(/^schema is invalid: data/, 'schema').slice(0, 300);
}
