import { field, optionalTextAt, textAt, textsAt } from '../json/fields.ts';
import type { JsonObject } from '../json/canonical-json.ts';
import { exceptionsInForce } from '../promotion/exceptions.ts';
import { demand } from '../refusal.ts';
import { failed, missing, passed, type Check, type Folding, type Part } from './readiness-record.ts';
import { flagAt, isFresh, objectsAt, readAtRevision, wordAt } from './shapes.ts';

/** From the gravest. */
const severities = ['image', 'security', 'config', 'replicas', 'metadata'] as const;

interface Observation {
  readonly target: string;
  readonly complete: boolean;
  readonly drift: readonly { readonly id: string; readonly severity: string; readonly ignored: boolean }[];
}

/** Each target was looked at, wholly and not too long ago, and shows no drift that counts and that nothing excuses. */
export const driftCheck: Check = (folding) => {
  const observed = readAtRevision(folding, 'live-observation', observationOf);
  return folding.expected.targets.map((target) => {
    const newest = observed.findLast(({ said }) => said.target === target);
    if (newest === undefined || !isFresh(folding, newest.record.at)) return missing('live-observation-stale');
    return judged(folding, newest.said, newest.record.digest);
  });
};

function judged(folding: Folding, { complete, drift }: Observation, digest: string): Part {
  const exceptions = exceptionsInForce(folding.records, folding.asOf);
  const counting = drift.filter(({ severity, ignored }) => !ignored && isGrave(severity, folding.expected.driftRevokeFrom));
  const excuses = counting.map(({ id }) => exceptions.findLast((exception) => exception.drift.has(id))?.digest);
  const used = excuses.filter((excuse) => excuse !== undefined);
  if (used.length < counting.length) return failed('drift-found', digest, ...used);
  return complete ? passed(digest, ...used) : missing('live-observation-incomplete');
}

function isGrave(severity: string, from: string | undefined): boolean {
  const threshold = severities.findIndex((known) => known === from);
  demand(threshold >= 0, 'expectation-wrong', `no severity ${JSON.stringify(from)} that drift counts from`);
  return severities.findIndex((known) => known === severity) <= threshold;
}

function observationOf(body: JsonObject): Observation {
  textsAt(body, 'gaps');
  return {
    target: textAt(body, 'target'),
    complete: flagAt(body, 'complete'),
    drift: objectsAt(body, 'drift').map((item) => {
      textAt(item, 'path');
      demand(field(item, 'object') !== undefined, 'field-wrong', 'a difference names no object');
      const ignored = optionalTextAt(item, 'ignoredBy') !== undefined;
      return { id: textAt(item, 'id'), severity: wordAt(item, 'severity', severities), ignored };
    }),
  };
}
