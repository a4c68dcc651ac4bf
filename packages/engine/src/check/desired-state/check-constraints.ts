import {
  contractParameters,
  effectiveInputs,
  jsonPointer,
  objectName,
  objectRefOf,
  releaseDigest,
  type FoundFault,
  type JsonObject,
  type ObjectRef,
  type ProfileConstraint,
  type ReleaseManifest,
} from '@fairlead/domain';
import { documentPlace } from '../../contract/document-place.ts';
import type { ConstraintContext, ConstraintFailure, ConstraintVerdict } from '../../ports/evaluator.ts';
import type { Checking, RenderedEnvironment } from '../checking.ts';
import type { FoundEnvironment } from '../find-environments.ts';
import type { DesiredStateToCheck } from './desired-state-to-check.ts';
import { expressionPlace } from './expression-place.ts';
import { locateObject } from './locate-object.ts';

type Declared = Required<FoundEnvironment>['declared'];

interface Judged {
  readonly checking: Checking;
  readonly environment: RenderedEnvironment;
  readonly declared: Declared;
  readonly objects: readonly JsonObject[];
}

/** Judges the constraints of the profile over the rendered objects. Those that speak of the release wait for one. */
export async function checkConstraints(
  checking: Checking,
  environment: RenderedEnvironment,
  { objects, release }: DesiredStateToCheck,
): Promise<void> {
  const { declared, name } = environment;
  if (declared === undefined) return;
  const judgeable = declared.profile.spec.constraints.filter(({ cel }) => release !== undefined || !/\brelease\b/.test(cel));
  if (judgeable.length < declared.profile.spec.constraints.length)
    checking.notes.leaveOpen(['contract-constraint'], 'no known release', name);
  if (judgeable.length === 0) return;
  const { evaluator } = checking;
  if (evaluator === undefined) {
    checking.notes.leaveOpen(['contract-constraint'], 'nothing evaluates constraints here', name);
    return;
  }
  const context = contextOf(declared, release);
  const verdicts = await evaluator.judge({ constraints: judgeable, objects, context });
  for (const [index, verdict] of verdicts.entries()) {
    const constraint = judgeable[index];
    if (constraint !== undefined) await note({ checking, environment, declared, objects }, constraint, verdict);
  }
}

function contextOf({ service, environment, profile }: Declared, manifest: ReleaseManifest | undefined): ConstraintContext {
  const { metadata, spec } = environment;
  const digest = manifest === undefined ? undefined : releaseDigest(manifest);
  return {
    environment: {
      service: service.metadata.name,
      name: metadata.name,
      tier: spec.tier,
      path: spec.path,
      profile: spec.profile,
      inputs: effectiveInputs(environment),
      namespaces: spec.namespaces.map((namespace) => namespace.name),
    },
    release:
      manifest === undefined || digest === undefined
        ? {}
        : {
            version: manifest.metadata.version,
            digest,
            commit: manifest.source.commit,
            components: Object.fromEntries(
              manifest.components.map(({ name, image }) => [name, { repository: image.repository, digest: image.digest }]),
            ),
          },
    params:
      manifest === undefined || digest === undefined
        ? (profile.spec.parameters?.values ?? {})
        : contractParameters({ profile, release: { manifest, digest } }),
  };
}

async function note(judged: Judged, constraint: ProfileConstraint, verdict: ConstraintVerdict): Promise<void> {
  const { id, message } = constraint;
  switch (verdict.kind) {
    case 'unusable': {
      const fix = 'correct the expression: docs/spec/profile.md has what it may speak of';
      await noteExpression(judged, constraint, {
        message: `constraint ${id} can't be used: ${verdict.message}`,
        fix,
        offset: verdict.offset,
      });
      return;
    }
    case 'exhausted': {
      const fix = 'make it cheaper: no list of objects inside of another, no pattern that backtracks';
      await noteExpression(judged, constraint, {
        message: `constraint ${id} was ended: it takes more than ${verdict.limit}`,
        fix,
        offset: 0,
      });
      return;
    }
    case 'judged': {
      const [broken, ...more] = verdict.failures.filter(({ error }) => error !== undefined);
      if (broken !== undefined) await noteError(judged, constraint, { failure: broken, more: more.length });
      for (const failure of verdict.failures.filter(({ error }) => error === undefined)) {
        await noteFailure(judged, { id, message }, failure);
      }
    }
  }
}

async function noteError(
  judged: Judged,
  constraint: ProfileConstraint,
  { failure, more }: { readonly failure: ConstraintFailure; readonly more: number },
): Promise<void> {
  const object = objectAt(judged, failure);
  const whom = object === undefined ? '' : ` for ${objectName(object)}${more > 0 ? ` and ${String(more)} more` : ''}`;
  await noteExpression(judged, constraint, {
    message: `constraint ${constraint.id} has no answer${whom}: ${failure.error ?? ''}`,
    fix: 'ask first whether the field is there: has(…), object.?spec.?…, or object.kind',
    offset: failure.offset ?? 0,
    ...(object === undefined ? {} : { object }),
  });
}

async function noteFailure(
  judged: Judged,
  { id, message }: Pick<ProfileConstraint, 'id' | 'message'>,
  failure: ConstraintFailure,
): Promise<void> {
  const { checking, environment } = judged;
  const object = objectAt(judged, failure);
  const fault = {
    rule: 'contract-constraint',
    environment: environment.name,
    fix: `make it so, or change constraint ${id} of the profile`,
  } as const;
  if (object === undefined) {
    const place = await constraintPlace(judged, id);
    checking.notes.add({ ...fault, ...place, message: `constraint ${id} does not hold: ${message}` });
    return;
  }
  const place = await locateObject(checking, environment, { object, path: ['metadata', 'name'] });
  checking.notes.add({ ...fault, ...place, object, message: `constraint ${id} does not hold for ${objectName(object)}: ${message}` });
}

interface Said extends Pick<FoundFault, 'message' | 'fix' | 'object'> {
  readonly offset: number;
}

/** At the place in the expression. */
async function noteExpression(judged: Judged, { id, cel }: ProfileConstraint, { offset, ...said }: Said): Promise<void> {
  const { checking, environment } = judged;
  const { at, ...place } = await constraintPlace(judged, id);
  const text = await checking.texts.text(place.file);
  const exact = at === undefined || text.kind !== 'text' ? {} : expressionPlace(text.text.split('\n'), at, { text: cel, offset });
  checking.notes.add({ rule: 'contract-constraint', environment: environment.name, ...said, ...place, ...exact });
}

async function constraintPlace({ checking, declared }: Judged, id: string): ReturnType<typeof documentPlace> {
  const index = declared.profile.spec.constraints.findIndex((constraint) => constraint.id === id);
  const { files, texts } = checking;
  return documentPlace({ ...declared, files, texts }, { document: 'profile', pointer: jsonPointer(['spec', 'constraints', index, 'cel']) });
}

function objectAt({ objects }: Judged, { object: index }: ConstraintFailure): ObjectRef | undefined {
  const object = index === undefined ? undefined : objects[index];
  return object === undefined ? undefined : objectRefOf(object);
}
