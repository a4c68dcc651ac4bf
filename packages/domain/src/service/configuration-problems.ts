import { didYouMean } from '../document/did-you-mean.ts';
import type { DocumentLines } from '../document/document-lines.ts';
import type { Problem } from '../document/problem.ts';
import type { Environment } from '../environment/environment.ts';
import type { Policy } from '../policy/policy.ts';
import { namedSigners } from '../signature/named-signers.ts';
import { resolvePolicy } from '../policy/resolve-policy.ts';
import type { Profile } from '../profile/profile.ts';
import type { ValidationPhase } from '../validation/validation-phase.ts';
import type { Service } from './service.ts';

/** A document and where it was read. */
export interface Located<T> {
  readonly value: T;
  readonly file: string;
  readonly lines: DocumentLines;
}

/** The documents of one service root, each right by itself. */
export interface ServiceDocuments {
  readonly service: Located<Service>;
  readonly environments: readonly Located<Environment>[];
  readonly profiles: readonly Located<Profile>[];
  readonly policies: readonly Located<Policy>[];
  readonly phases: readonly Located<ValidationPhase>[];
}

/** What is wrong between a service root's documents: a name that two of them have, a name that none has, settings that disagree. */
export function configurationProblems(documents: ServiceDocuments): readonly Problem[] {
  const { service, environments, profiles, policies, phases } = documents;
  const [environment, profile, phase] = [namesOf('environment', environments), namesOf('profile', profiles), namesOf('phase', phases)];
  return [
    ...[environment, profile, phase, namesOf('policy', policies)].flatMap(twice),
    ...service.value.spec.environments.flatMap((name, at) => unknown(environment, name, [service, `/spec/environments/${String(at)}`])),
    ...environments.flatMap((located) => [
      ...located.value.spec.after.flatMap((name, at) => unknown(environment, name, [located, `/spec/after/${String(at)}`])),
      ...unknown(profile, located.value.spec.profile, [located, '/spec/profile']),
      ...unlisted(service, located),
    ]),
    ...phases.flatMap((located) => [
      ...located.value.spec.environments.flatMap((name, at) => unknown(environment, name, [located, `/spec/environments/${String(at)}`])),
      ...located.value.spec.after.flatMap((name, at) => unknown(phase, name, [located, `/spec/after/${String(at)}`])),
    ]),
    ...policies.flatMap((located) => unknownSigners(policies, located)),
    ...conflicts(policies),
  ];
}

interface Named {
  readonly metadata: { readonly name: string };
}

interface Names {
  readonly what: string;
  readonly documents: readonly Located<Named>[];
}

function namesOf(what: string, documents: readonly Located<Named>[]): Names {
  return { what, documents };
}

function twice({ what, documents }: Names): readonly Problem[] {
  return documents.flatMap((located, index) => {
    const { name } = located.value.metadata;
    const first = documents.slice(0, index).find(({ value }) => value.metadata.name === name);
    return first === undefined ? [] : [problem(located, '/metadata/name', { message: `${what} ${name} is declared in ${first.file} too` })];
  });
}

type Place = readonly [located: Located<unknown>, pointer: string];

function unknown({ what, documents }: Names, name: string, [located, pointer]: Place): readonly Problem[] {
  const known = documents.map(({ value }) => value.metadata.name);
  if (known.includes(name)) return [];
  const meant = didYouMean(name, known);
  const hint = meant === undefined ? `known: ${known.join(', ') || 'none'}` : `did you mean ${meant}?`;
  return [problem(located, pointer, { message: `no document declares the ${what} ${name}`, hint })];
}

/** Signers may be declared in another document than the one that asks for them. */
function unknownSigners(policies: readonly Located<Policy>[], located: Located<Policy>): readonly Problem[] {
  const known = policies.flatMap(({ value }) => (value.spec.signatures?.signers ?? []).map(({ name }) => name));
  return namedSigners(located.value).flatMap(({ name, pointer }) => {
    if (known.includes(name)) return [];
    const hint = `declare it under spec.signatures.signers; known: ${known.join(', ') || 'none'}`;
    return [problem(located, pointer, { message: `no document declares the signer ${name}`, hint })];
  });
}

function unlisted(service: Located<Service>, environment: Located<Environment>): readonly Problem[] {
  const { name } = environment.value.metadata;
  if (service.value.spec.environments.includes(name)) return [];
  const message = `environment ${name} is not in the order of environments of ${service.file}`;
  return [problem(environment, '/metadata/name', { message, hint: `add ${name} to spec.environments there` })];
}

function conflicts(policies: readonly Located<Policy>[]): readonly Problem[] {
  const resolution = resolvePolicy(policies.map(({ value }) => value));
  if (resolution.kind === 'resolved') return [];
  return resolution.conflicts.flatMap(({ field, policies: names }) => {
    const last = policies.findLast(({ value }) => names.includes(value.metadata.name));
    const message = `spec.${field} is given differently by the policies ${names.join(', ')}`;
    // Entries of a list go by name.
    const pointer = `/spec/${field.replace(/\[.*$/, '').replaceAll('.', '/')}`;
    return last === undefined ? [] : [problem(last, pointer, { message, hint: 'give it in one of them' })];
  });
}

function problem({ file, lines }: Located<unknown>, pointer: string, said: { readonly message: string; readonly hint?: string }): Problem {
  return { code: 'broken-rule', ...said, file, ...lines.valueAt(pointer), pointer };
}
