import type { Tier } from '../environment/tier.ts';
import { folderOf } from '../policy/kustomization.ts';
import { environmentWord } from './environment-word.ts';
import { nameFrom } from './name-from.ts';

/** An overlay as an environment of a service. Paths are from the repository's root. */
export interface GroupedEnvironment {
  readonly name: string;
  readonly path: string;
  readonly tier: Tier;
  readonly rank: number;
  /** What distinguishes it from others of its name: `shop` of `environments/dev/shop`. */
  readonly part: string;
  /** Whether its name says its tier. */
  readonly isNamed: boolean;
}

export interface ServiceGroup {
  /** The service root; '' is the repository's. */
  readonly root: string;
  readonly environments: readonly GroupedEnvironment[];
}

export interface GroupedOverlays {
  readonly services: readonly ServiceGroup[];
  /** Overlays that are taken for no environment, and why. */
  readonly leftOut: readonly { readonly path: string; readonly because: string }[];
}

/** Folders that only hold others. */
const containers: ReadonlySet<string> = new Set([
  ...['overlays', 'overlay', 'environments', 'environment', 'envs', 'env', 'clusters', 'stages', 'variants'],
  ...['kustomize', 'kustomization', 'k8s', 'kubernetes', 'deploy', 'deployment', 'deployments', 'manifests', 'config', 'infra', 'gitops'],
]);

const besides: ReadonlySet<string> = new Set([
  ...['example', 'examples', 'sample', 'samples', 'testdata', 'fixtures', 'tests', 'e2e', 'docs', 'doc', 'hack'],
  ...['vendor', 'third_party', 'node_modules'],
]);

/** Tells environments, and the services that they belong to, from where overlays lie and what their folders are called. `chosen`: a person named them, so none is left out. */
export function groupOverlays(paths: readonly string[], how: 'found' | 'chosen'): GroupedOverlays {
  const isFlux = (path: string): boolean => how === 'found' && path.split('/').at(-1) === 'flux-system';
  const placed = besideNamed(paths.filter((path) => path !== '' && !isFlux(path)).map(placeOf));
  const aside = (place: Place): boolean => how === 'found' && place.isBeside && placed.some((other) => !other.isBeside);
  const inPlace = placed.filter((place) => !aside(place));
  const unnamed = (place: Place): boolean => how === 'found' && !place.isPlaced && inPlace.some(({ word }) => word !== undefined);
  const used = inPlace.filter((place) => !unnamed(place));

  const roots = [...new Set(used.map(({ root }) => root))].toSorted();
  const top = 'it is the repository itself, and an environment is a folder below it: move it to a folder such as environments/dev';
  return {
    services: roots.map((root) => ({ root, environments: inOrder(used.filter((place) => place.root === root)) })),
    leftOut: [
      ...paths.filter((path) => path === '').map(() => ({ path: '.', because: top })),
      ...paths.filter(isFlux).map((path) => ({ path, because: 'it installs Flux itself' })),
      ...placed.filter(aside).map(({ path }) => ({ path, because: 'it lies among examples, tests or foreign code' })),
      ...inPlace.filter(unnamed).map(({ path }) => ({ path, because: 'its name says no environment, as those of others do' })),
    ],
  };
}

interface Place extends Pick<GroupedEnvironment, 'path' | 'part'> {
  readonly root: string;
  /** The folder that is named after the environment. */
  readonly folder: string;
  readonly word: ReturnType<typeof environmentWord>;
  readonly isBeside: boolean;
  /** It or a folder beside it says where environments are. */
  readonly isPlaced: boolean;
}

/** In a folder of environments every overlay is one, whatever it is called. */
function besideNamed(places: readonly Place[]): readonly Place[] {
  return places.map((place) => {
    const beside = places.find(({ word, path }) => word !== undefined && folderOf(path) === folderOf(place.path) && path.includes('/'));
    return place.isPlaced || beside === undefined ? place : { ...place, root: beside.root, isPlaced: true };
  });
}

function placeOf(path: string): Place {
  const steps = path.split('/');
  const named = steps.findLastIndex((step) => environmentWord(step) !== undefined);
  const at = named < 0 ? steps.length - 1 : named;
  const around = steps.slice(0, at);
  const last = around.findLastIndex((step) => !containers.has(step.toLowerCase()));
  const folder = steps[at] ?? '';
  return {
    path,
    // Where no name says what the environments are, nothing says either which of the folders is a service.
    root: named < 0 ? '' : around.slice(0, last + 1).join('/'),
    folder,
    part: steps.slice(at + 1).join('-'),
    word: environmentWord(folder),
    isPlaced: named >= 0,
    isBeside: steps.some((step) => besides.has(step.toLowerCase()) || step.startsWith('.')),
  };
}

function inOrder(places: readonly Place[]): readonly GroupedEnvironment[] {
  const names = namesOf(places);
  const environments = places.map((place, index): GroupedEnvironment => {
    const { path, part, word } = place;
    return { name: names[index] ?? '', path, part, tier: word?.tier ?? 'dev', rank: word?.rank ?? 1, isNamed: word !== undefined };
  });
  return environments.toSorted((one, other) => one.rank - other.rank || (one.name < other.name ? -1 : 1));
}

/** Each its own: the folder's, with what lies below it; a number where that isn't enough. */
function namesOf(places: readonly Place[]): readonly string[] {
  const taken = new Set<string>();
  return places.map(({ folder, part }) => {
    const base = nameFrom(part === '' ? folder : `${folder}-${part}`, 'environment');
    let name = base;
    for (let number = 2; taken.has(name); number += 1) name = `${base}-${String(number)}`;
    taken.add(name);
    return name;
  });
}
