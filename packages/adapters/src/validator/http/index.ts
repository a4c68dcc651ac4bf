export { httpValidator } from './http-validator.ts';
export type { HttpValidatorOptions } from './options.ts';
