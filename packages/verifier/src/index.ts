/** Verifies Fairlead's evidence bundles. Stands alone: WebCrypto only, no code of the product that made them, no socket, in Node and in a browser.
 *  Formats: docs/spec/bundle.md; what is checked: docs/spec/verifier.md. */
export { assessReadiness, type Verdict } from './readiness/assess-readiness.ts';
export type { Expected, Folding, ReadinessRecord } from './readiness/readiness-record.ts';
export { parseTrust, type Trust } from './trust.ts';
export { readTar } from './archive/read-tar.ts';
export { Refusal } from './refusal.ts';
export { printReport } from './report/print-report.ts';
export type * from './report/report.ts';
export { verify, type VerifyOptions } from './verify.ts';
export { verifyBundle } from './verify-bundle.ts';
