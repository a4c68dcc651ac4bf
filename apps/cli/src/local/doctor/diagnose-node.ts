import type { Diagnosis } from './diagnosis.ts';

export function diagnoseNode(version: string): Diagnosis {
  const enough = Number(/^v(\d+)/.exec(version)?.[1] ?? 0) >= 24;
  if (enough) return { name: 'node', status: 'ok', detail: version };
  return { name: 'node', status: 'fail', detail: `${version} is too old`, fix: 'use Node 24 or newer: https://nodejs.org' };
}
