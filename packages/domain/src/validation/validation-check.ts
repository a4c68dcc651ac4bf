import { z } from 'zod';
import { fieldAdvice } from '../document/field-advice.ts';
import { label } from '../document/label.ts';
import { EnvironmentName } from '../environment/environment-name.ts';

const later = 'this version checks http and liveDigests';

const CheckUrl = z
  .string()
  .regex(/^https?:\/\/[^\s/@?#]+(?:[/?][^\s#]*)?$/, 'expected an http:// or https:// address without credentials')
  .brand<'CheckUrl'>();

/** A route must answer: `url` by environment, `status` exactly, `bodyIncludes` somewhere in the body, within `maxLatencyMs`. */
export const HttpCheck = z
  .strictObject({
    url: z.record(EnvironmentName, CheckUrl).readonly(),
    status: z.int().min(100).max(599).default(200),
    bodyIncludes: z.string().min(1).exactOptional(),
    maxLatencyMs: z.int().min(1).exactOptional(),
  })
  .readonly();
export type HttpCheck = z.infer<typeof HttpCheck>;

/** Every running container must be of the release's digests. It has no settings yet. */
export const LiveDigestsCheck = z.strictObject({}).readonly();

/** One check of a phase; the field beside `name` says which kind: `checkKind`. */
export const ValidationCheck = z
  .strictObject({ name: label('check name'), http: HttpCheck.exactOptional(), liveDigests: LiveDigestsCheck.exactOptional() })
  .refine(({ http, liveDigests }) => (http === undefined) !== (liveDigests === undefined), 'expected exactly one of http and liveDigests')
  .register(fieldAdvice, { kubernetes: later, prometheus: later, dispatch: later, external: later, schemaId: later })
  .readonly();
export type ValidationCheck = z.infer<typeof ValidationCheck>;

export type CheckKind = { readonly kind: 'http'; readonly http: HttpCheck } | { readonly kind: 'liveDigests' };

export function checkKind({ http }: ValidationCheck): CheckKind {
  return http === undefined ? { kind: 'liveDigests' } : { kind: 'http', http };
}
