import { jsonEquals } from '../document/json-equals.ts';
import type { Json } from '../document/json.ts';
import type { ReleaseManifest } from './release-manifest.ts';

/** What differs between two releases of a part. Absent `before` or `after`: it is there in one only. */
export interface ReleaseChange {
  readonly part: 'service' | 'version' | 'source' | 'component' | 'schema' | 'migration' | 'seeds' | 'artifact' | 'profile';
  /** Of the component, migration, artifact or profile, or the field of the source. */
  readonly name?: string;
  readonly before?: string;
  readonly after?: string;
}

/** How one release differs from another, in the order that people ask: identity, components, schema, the rest. */
export function diffReleases(before: ReleaseManifest, after: ReleaseManifest): readonly ReleaseChange[] {
  const one = partsOf(before);
  const other = partsOf(after);
  const keys = [...new Set([...one.keys(), ...other.keys()])];
  const changes = keys.flatMap((key): readonly ReleaseChange[] => {
    const [from, to] = [one.get(key), other.get(key)];
    const part = from ?? to;
    if (part === undefined || (from !== undefined && to !== undefined && jsonEquals(from.value, to.value))) return [];
    return [
      {
        part: part.part,
        ...(part.name === undefined ? {} : { name: part.name }),
        ...(from === undefined ? {} : { before: spelled(from.value) }),
        ...(to === undefined ? {} : { after: spelled(to.value) }),
      },
    ];
  });
  return changes.toSorted((a, b) => order.indexOf(a.part) - order.indexOf(b.part));
}

const order: readonly ReleaseChange['part'][] = [
  'service',
  'version',
  'source',
  'component',
  'schema',
  'migration',
  'seeds',
  'artifact',
  'profile',
];

interface Part {
  readonly part: ReleaseChange['part'];
  readonly name?: string;
  readonly value: Json;
}

function partsOf({ metadata, source, components, schema, seeds, artifacts, profiles }: ReleaseManifest): ReadonlyMap<string, Part> {
  const parts: readonly Part[] = [
    { part: 'service', value: metadata.service },
    { part: 'version', value: metadata.version },
    ...(['repository', 'commit', 'ref'] as const).map((name): Part => ({ part: 'source', name, value: source[name] })),
    ...components.map(({ name, image }): Part => ({ part: 'component', name, value: `${image.repository}@${image.digest}` })),
    ...(schema === undefined ? [] : [{ part: 'schema', value: schema.id } as const]),
    ...(schema?.migrations ?? []).map((migration): Part => ({ part: 'migration', name: migration.id, value: migration })),
    ...(seeds === undefined ? [] : [{ part: 'seeds', value: seeds.id } as const]),
    ...(artifacts ?? []).map((artifact): Part => ({ part: 'artifact', name: artifact.name, value: artifact.digest })),
    ...Object.entries(profiles ?? {}).map(([name, value]): Part => ({ part: 'profile', name, value })),
  ];
  return new Map(parts.map((part) => [`${part.part} ${part.name ?? ''}`, part]));
}

function spelled(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
