import type { Digest, ReleaseManifest } from '@fairlead/domain';

/** A release at a glance. */
export function releaseText({ metadata, source, components, schema, seeds, artifacts, profiles }: ReleaseManifest, digest: Digest): string {
  const fields: readonly (readonly [name: string, values: readonly string[]])[] = [
    ['service', [metadata.service]],
    ['version', [`${metadata.version}${metadata.captured === true ? ' (captured from what runs)' : ''}`]],
    ['digest', [digest]],
    ['created', [metadata.createdAt]],
    ['source', [source.repository, `${source.commit} on ${source.ref}`]],
    ['components', components.map(({ name, image }) => `${name}  ${image.repository}@${image.digest}`)],
    ['schema', schema === undefined ? [] : [schema.id]],
    [
      'migrations',
      (schema?.migrations ?? []).map(({ id, kind, reversible, run, order }) =>
        [id, kind, reversible ? 'reversible' : 'irreversible', run, order].join(', '),
      ),
    ],
    ['seeds', seeds === undefined ? [] : [seeds.id]],
    ['artifacts', (artifacts ?? []).map(({ name, type, path, uri, digest: own }) => `${name} (${type})  ${path ?? uri ?? ''}  ${own}`)],
    ['profiles', Object.keys(profiles ?? {})],
  ];
  const lines = fields.flatMap(([name, values]) => values.map((value, index) => `${(index === 0 ? name : '').padEnd(12)}${value}`));
  return `${lines.join('\n')}\n`;
}
