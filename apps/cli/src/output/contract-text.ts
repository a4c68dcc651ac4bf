import type { Digest, ProfileContract } from '@fairlead/domain';

/** A contract at a glance. */
export function contractText(contract: ProfileContract, digest: Digest): string {
  const { environment, profile, release, components, parameters, namespaces, secretStores, providedSecrets, schema, constraints } =
    contract;
  const fields: readonly (readonly [name: string, values: readonly string[]])[] = [
    ['environment', [`${environment.id} (${environment.tier}), profile ${profile}, ${environment.inputs} inputs in ${environment.path}`]],
    ['release', [`${release.version}  ${release.digest}`]],
    [
      'components',
      components.map(({ name, image, replicas, required }) =>
        [name, image, ...boundsOf(replicas), required ? '' : 'optional'].join('  ').trim(),
      ),
    ],
    ['parameters', Object.entries(parameters).map(([name, value]) => `${name} = ${JSON.stringify(value)}`)],
    ['namespaces', namespaces ?? ['any: neither the profile nor the environment names one']],
    ['stores', secretStores?.map(({ kind, name }) => `${kind} ${name}`) ?? ['any: the profile names none']],
    ['secrets', providedSecrets.map(({ name, by }) => `${name}, provided by ${by}`)],
    ['schema', schema === undefined ? [] : [`${schema.id ?? 'not said'}${range(schema)}`]],
    ['constraints', constraints.map(({ id, message }) => `${id}: ${message}`)],
    ['digest', [digest]],
  ];
  const lines = fields.flatMap(([name, values]) => values.map((value, index) => `${(index === 0 ? name : '').padEnd(13)}${value}`));
  return `${lines.join('\n')}\n`;
}

type Bounds = ProfileContract['components'][number]['replicas'];

function boundsOf(bounds: Bounds): readonly string[] {
  if (bounds === undefined) return [];
  const { min, max } = bounds;
  if (min === undefined) return max === undefined ? [] : [`up to ${String(max)} replicas`];
  if (min === max) return [`${String(min)} replicas`];
  return [max === undefined ? `${String(min)} replicas or more` : `${String(min)} to ${String(max)} replicas`];
}

function range({ min, max }: NonNullable<ProfileContract['schema']>): string {
  if (min === undefined && max === undefined) return '';
  return ` (the profile takes ${[min === undefined ? '' : `${min} or later`, max === undefined ? '' : `up to ${max}`].filter((part) => part !== '').join(', ')})`;
}
