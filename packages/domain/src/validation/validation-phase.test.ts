import { describe, expect, it } from 'vitest';
import { checkKind } from './validation-check.ts';
import { readValidationPhase } from './validation-phase.ts';

const phase = `apiVersion: fairlead.dev/v1
kind: ValidationPhase
metadata: { name: routes }
spec:
  environments: [staging, prod]
  checks:
    - name: api
      http: { url: { staging: "https://api.staging.example.com/healthz", prod: "https://api.example.com/healthz" } }
    - { name: images, liveDigests: {} }
`;

function problemsIn(text: string): readonly string[] {
  const parsed = readValidationPhase(text, 'routes.yaml');
  return parsed.kind === 'ok' ? [] : parsed.problems.map(({ line, message, hint = '' }) => `${String(line)}: ${message} ${hint}`.trim());
}

describe('a validation phase', () => {
  it('is required, and tried again, unless it says otherwise', () => {
    const parsed = readValidationPhase(phase, 'routes.yaml');

    if (parsed.kind !== 'ok') throw new Error(JSON.stringify(parsed.problems));
    expect(parsed.value.spec).toMatchObject({ required: true, after: [], timeout: '5m', retries: { count: 2, delay: '10s' } });
    expect(parsed.value.spec.checks.map(checkKind)).toMatchObject([{ kind: 'http', http: { status: 200 } }, { kind: 'liveDigests' }]);
  });

  it('fills up retries that are given in part', () => {
    expect(readValidationPhase(`${phase}  retries: { count: 0 }\n`, 'a.yaml')).toMatchObject({
      value: { spec: { retries: { count: 0, delay: '10s' } } },
    });
  });

  it.each([
    ['liveDigests: {}', 'liveDigests: { all: true }', '9: spec.checks[1].liveDigests.all is no field of this document known here:'],
    [', liveDigests: {}', '', '9: spec.checks[1]: expected exactly one of http and liveDigests'],
    ['name: images', 'name: api', '9: spec.checks[1].name: check "api" is given twice'],
    ['prod: "https', 'dev: "https', '8: spec.checks[0].http.url: no address for environment "prod"'],
    [
      '"https://api.example',
      '"https://me:secret@api.example',
      '8: spec.checks[0].http.url.prod: expected an http:// or https:// address without credentials, found "https://…@api.example.com/healthz"',
    ],
    [
      '"https://api.example',
      '"ftp://api.example',
      '8: spec.checks[0].http.url.prod: expected an http:// or https:// address without credentials, found "ftp://api.example.com/healthz"',
    ],
    ['{ url:', '{ status: 99, url:', '8: spec.checks[0].http.status: expected 100 or more, found 99'],
    ['{ url:', '{ maxLatencyMs: 0.5, url:', '8: spec.checks[0].http.maxLatencyMs: expected a whole number, found 0.5'],
    ['[staging, prod]', '[]', '5: spec.environments: expected 1 or more entries, found 0'],
  ])('with %j as %j is refused', (from, to, problem) => {
    expect(phase).toContain(from);
    expect(problemsIn(phase.replace(from, to))).toEqual([problem]);
  });

  it.each(['kubernetes', 'prometheus', 'dispatch', 'external', 'schemaId'])('says that %s is not checked by this version', (kind) => {
    expect(problemsIn(phase.replace('liveDigests', kind))).toContain(
      `9: spec.checks[1].${kind} is no field of this document this version checks http and liveDigests`,
    );
  });
});
