import type { Cause } from '../api/status-error.ts';
import type { Json } from '../json/json.ts';

export function requiredValue(field: string, message = ''): Cause {
  return { reason: 'FieldValueRequired', message: message === '' ? 'Required value' : `Required value: ${message}`, field };
}

export function invalidValue(field: string, value: Json, because: string): Cause {
  return { reason: 'FieldValueInvalid', message: `Invalid value: ${JSON.stringify(value)}: ${because}`, field };
}

export function forbiddenField(field: string, because: string): Cause {
  return { reason: 'FieldValueForbidden', message: `Forbidden: ${because}`, field };
}

export function unsupportedValue(field: string, value: Json, supported: readonly string[]): Cause {
  const list = supported.map((item) => JSON.stringify(item)).join(', ');
  return { reason: 'FieldValueNotSupported', message: `Unsupported value: ${JSON.stringify(value)}: supported values: ${list}`, field };
}
