import type { SchemaId } from '../release/schema-id.ts';
import type { ContractDocuments, ContractFault } from './contract-documents.ts';
import { compareSchemaIds } from './schema-order.ts';

/** Everything in the documents alone that keeps the release from the environment; parameters apart, which take an evaluator. */
export function contractFaults(documents: ContractDocuments): readonly ContractFault[] {
  return [...missingComponents(documents), ...otherNamespaces(documents), ...otherSchema(documents)];
}

function missingComponents({ service, profile, release }: ContractDocuments): readonly ContractFault[] {
  const { components, metadata } = release.manifest;
  const there = new Set<string>(components.map(({ name }) => name));
  const byProfile = (profile.spec.components?.required ?? []).flatMap((name, at): readonly ContractFault[] => {
    if (there.has(name)) return [];
    const message = `release ${metadata.version} has no component ${name}, which profile ${profile.metadata.name} requires`;
    const fix = `release it with ${name}, or take ${name} out of spec.components.required`;
    return [{ rule: 'contract-component-missing', document: 'profile', pointer: `/spec/components/required/${String(at)}`, message, fix }];
  });
  const said = new Set<string>(profile.spec.components?.required ?? []);
  const byService = service.spec.components.flatMap(({ name, required }, at): readonly ContractFault[] => {
    if (!required || there.has(name) || said.has(name)) return [];
    const message = `release ${metadata.version} has no component ${name}, which service ${service.metadata.name} requires`;
    const fix = `release it with ${name}, or set required: false`;
    return [{ rule: 'contract-component-missing', document: 'service', pointer: `/spec/components/${String(at)}/name`, message, fix }];
  });
  return [...byProfile, ...byService];
}

function otherNamespaces({ environment, profile }: ContractDocuments): readonly ContractFault[] {
  const { namespaces } = profile.spec;
  if (namespaces.length === 0) return [];
  return environment.spec.namespaces.flatMap(({ name }, at): readonly ContractFault[] => {
    if (namespaces.includes(name)) return [];
    const message = `environment ${environment.metadata.name} has the namespace ${name}, which profile ${profile.metadata.name} does not allow`;
    const fix = `use one of ${namespaces.join(', ')}, or add ${name} to spec.namespaces of the profile`;
    return [{ rule: 'contract-namespace', document: 'environment', pointer: `/spec/namespaces/${String(at)}/name`, message, fix }];
  });
}

function otherSchema({ profile, release }: ContractDocuments): readonly ContractFault[] {
  const { min, max } = profile.spec.schemaVersion ?? {};
  const { schema, metadata } = release.manifest;
  const fault = (bound: 'min' | 'max', message: string, fix: string): ContractFault => {
    return { rule: 'contract-schema-version', document: 'profile', pointer: `/spec/schemaVersion/${bound}`, message, fix };
  };
  return (['min', 'max'] as const).flatMap((bound): readonly ContractFault[] => {
    const limit = bound === 'min' ? min : max;
    if (limit === undefined) return [];
    const wanted = `profile ${profile.metadata.name} takes ${bound === 'min' ? limit : `up to ${limit}`}${bound === 'min' ? ' or later' : ''}`;
    if (schema === undefined) {
      return [fault(bound, `release ${metadata.version} does not say its schema, ${wanted}`, 'release it with --schema-id')];
    }
    const because = outside(schema.id, { bound, limit });
    return because === undefined
      ? []
      : [fault(bound, `release ${metadata.version} expects the schema ${schema.id}${because}, ${wanted}`, otherRelease(bound))];
  });
}

interface Limit {
  readonly bound: 'min' | 'max';
  readonly limit: SchemaId;
}

function outside(id: SchemaId, { bound, limit }: Limit): string | undefined {
  const order = compareSchemaIds(id, limit);
  if (order === 'unrelated') return ', which cannot be compared';
  return (bound === 'min' ? order < 0 : order > 0) ? '' : undefined;
}

function otherRelease(bound: 'min' | 'max'): string {
  return bound === 'min'
    ? 'promote a release with a later schema, or lower spec.schemaVersion.min'
    : 'promote a release with an earlier schema, or raise spec.schemaVersion.max';
}
