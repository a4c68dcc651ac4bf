export { httpClient, type HttpAnswer, type HttpClient, type HttpRequest } from './http-client.ts';
export { redact } from './redact.ts';
export { targetGuard, type CheckedAddress, type GuardVerdict, type TargetGuard, type TargetGuardOptions } from './target-guard.ts';
