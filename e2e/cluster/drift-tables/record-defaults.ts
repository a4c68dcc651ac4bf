import { type ApiDefault, type FieldPath, type Json, podTemplatePaths } from '@fairlead/domain';
import type { Addition } from './additions.ts';
import { declaredDefaults } from './declared-defaults.ts';
import type { Observation } from './observe-defaults.ts';

export interface RecordedDefaults {
  /** Paths from the template. */
  readonly podTemplate: readonly ApiDefault[];
  /** By `group/Kind`: what is beyond those of its pod template. */
  readonly kinds: Readonly<Record<string, readonly ApiDefault[]>>;
}

/** Joins what was seen, sorted, to one default for each path and value. */
export function recordDefaults(observations: readonly Observation[]): RecordedDefaults {
  const byKind = grouped(observations, ({ type }) => `${type.group}/${type.kind}`);
  const podTemplate = joined('pod template', templateAdditions(byKind.get('/PodTemplate') ?? []), declaredDefaults.podTemplate);
  const kinds = [...byKind].flatMap(([kind, seen]) => {
    const own = seen.flatMap(({ additions }) => additions.filter(({ path }) => !inTemplate(kind, path, podTemplate)));
    const defaults = joined(kind, own, declaredDefaults.kinds[kind] ?? []);
    return defaults.length === 0 ? [] : [[kind, defaults] as const];
  });
  return { podTemplate, kinds: Object.fromEntries(kinds.sort(([a], [b]) => (a < b ? -1 : 1))) };
}

function templateAdditions(templates: readonly Observation[]): readonly Addition[] {
  return templates.flatMap(({ additions }) => {
    return additions.filter(({ path: [first] }) => first === 'template').map(({ path, value }) => ({ path: path.slice(1), value }));
  });
}

const templates: Readonly<Record<string, FieldPath>> = podTemplatePaths;

function inTemplate(kind: string, path: FieldPath, defaults: readonly ApiDefault[]): boolean {
  const base = templates[kind];
  if (base?.some((step, index) => step !== path[index]) !== false) return false;
  return defaults.some((known) => matches(known.path, path.slice(base.length)));
}

function matches(pattern: FieldPath, path: FieldPath): boolean {
  return pattern.length === path.length && pattern.every((step, index) => step === '*' || step === path[index]);
}

function joined(title: string, additions: readonly Addition[], declared: readonly ApiDefault[]): readonly ApiDefault[] {
  const isDeclared = (path: FieldPath): boolean => declared.some((known) => matches(known.path, path));
  const unseen = declared.filter((known) => !additions.some(({ path }) => matches(known.path, path)));
  if (unseen.length > 0) throw new Error(`${title}: no object shows ${unseen.map(({ path }) => path.join('.')).join(', ')}`);
  const plain = grouped(
    additions.filter(({ path, value }) => value !== null && !isDeclared(path)),
    ({ path }) => JSON.stringify(path),
  );
  const fixed = [...plain.values()].flatMap((seen) => fixedDefaults(title, seen));
  return [...fixed, ...declared].sort((a, b) => (orderKey(a) < orderKey(b) ? -1 : 1));
}

function fixedDefaults(title: string, seen: readonly Addition[]): readonly ApiDefault[] {
  const [first] = seen;
  if (first === undefined) return [];
  const values = new Map<string, Json>(seen.map(({ value }) => [JSON.stringify(value), value]));
  const isElement = first.path.at(-1) === '*';
  if (values.size > 1 && !isElement)
    throw new Error(`${title}: ${first.path.join('.')} has several values: ${[...values.keys()].join(' ')}`);
  return [...values.values()].map((value) => ({ path: first.path, value }));
}

function orderKey({ path, ...more }: ApiDefault): string {
  return `${path.join('\u0000')}\u0001${JSON.stringify(more)}`;
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
