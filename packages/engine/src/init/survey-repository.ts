import {
  commonDocuments,
  folderOf,
  groupOverlays,
  nameFrom,
  proposeService,
  RepoPath,
  type DeliveryHint,
  type OverlayContent,
  type ProposedService,
  type ServiceFacts,
  type ServiceGroup,
  type Tier,
} from '@fairlead/domain';
import { kustomizationsOf } from '../check/find-environments.ts';
import { TextFiles } from '../check/text-files.ts';
import type { EnginePorts } from '../engine-ports.ts';
import type { PathTree } from '../ports/file-snapshot.ts';
import { loadServices } from '../service/load-services.ts';
import type { LoadedService } from '../service/service-configuration.ts';
import { findDeliveryHints } from './find-delivery-hints.ts';
import { readOverlayContent } from './read-overlay-content.ts';

export interface SurveyRequest {
  readonly files: PathTree;
  /** Where to look; '' is the root. */
  readonly path: RepoPath | '';
  /** Folders of overlays that a person named; none: all that there are. */
  readonly chosen: readonly string[];
  /** What a person said of an environment's tier, by its name or its folder. */
  readonly tiers: ReadonlyMap<string, Tier>;
  /** `name`: of a service at the repository's top. */
  readonly facts: Omit<ServiceFacts, 'controller'> & { readonly controller?: ServiceFacts['controller'] };
}

/** A service root that is there already. */
export interface ExistingRoot {
  readonly loaded: LoadedService;
  /** Documents that it could have besides, by their paths from the repository's root. */
  readonly missing: ReadonlyMap<string, string>;
  /** Folders of overlays in it that no document declares. */
  readonly undeclared: readonly string[];
}

export interface Survey {
  readonly services: readonly ProposedService[];
  readonly existing: readonly ExistingRoot[];
  readonly leftOut: readonly { readonly path: string; readonly because: string }[];
  /** Folders of Helm charts. */
  readonly charts: readonly string[];
  /** Folders that were asked for, and hold no overlay. */
  readonly unknown: readonly string[];
}

/** Looks through a repository for what could be declared. Writes nothing. */
export async function surveyRepository(ports: Pick<EnginePorts, 'renderer'>, request: SurveyRequest): Promise<Survey> {
  const { files, path, chosen } = request;
  const listed = await files.files('');
  const paths = listed === 'absent' ? [] : listed.map((file) => file.path);
  const loaded = await loadServices(files);
  const found = (await kustomizationsOf(files, path)).map((environment) => environment.path);
  const wanted = chosen.length === 0 ? found : found.filter((overlay) => chosen.includes(overlay));

  const rootOf = (overlay: string): string | undefined => enclosing(loaded, overlay);
  const grouped = groupOverlays(
    wanted.filter((overlay) => rootOf(overlay) === undefined),
    chosen.length === 0 ? 'found' : 'chosen',
  );
  const hints = await findDeliveryHints(files, paths);
  const texts = new TextFiles(files);
  const contents = new Map<string, OverlayContent>();
  for (const overlay of grouped.services.flatMap(({ environments }) => environments.map((environment) => environment.path))) {
    contents.set(overlay, await readOverlayContent(ports, { files, texts, paths, hints }, RepoPath.parse(overlay)));
  }

  const names = serviceNames(grouped.services, { taken: loaded, top: request.facts.name });
  return {
    services: grouped.services.map((group) =>
      proposeService({
        group: withTiers(group, request.tiers),
        contents,
        facts: { ...request.facts, name: names.get(group.root) ?? request.facts.name, controller: controllerOf(request, hints) },
      }),
    ),
    existing: loaded.map((root) =>
      existingRoot(root, { paths, owner: request.facts.owner, within: found.filter((one) => rootOf(one) === root.root) }),
    ),
    leftOut: grouped.leftOut,
    charts: chartsAmong(paths),
    unknown: chosen.filter((overlay) => !found.some((candidate) => candidate === overlay)),
  };
}

/** The nearest service root around. */
function enclosing(loaded: readonly LoadedService[], path: string): string | undefined {
  const around = loaded.map(({ root }) => root).filter((root) => root === '' || path === root || path.startsWith(`${root}/`));
  return around.toSorted((one, other) => other.length - one.length)[0];
}

function controllerOf({ facts }: SurveyRequest, hints: readonly DeliveryHint[]): ServiceFacts['controller'] {
  const isFlux = hints.length > 0 && hints.every(({ controller }) => controller === 'flux');
  return facts.controller ?? (isFlux ? 'flux' : 'argocd');
}

const firstRank: Readonly<Record<Tier, number>> = { dev: 1, staging: 4, production: 7 };

function withTiers({ root, environments }: ServiceGroup, tiers: ReadonlyMap<string, Tier>): ServiceGroup {
  const said = environments.map((environment) => {
    const tier = tiers.get(environment.name) ?? tiers.get(environment.path);
    return tier === undefined ? environment : { ...environment, tier, rank: firstRank[tier], isNamed: true };
  });
  return { root, environments: said.toSorted((one, other) => one.rank - other.rank) };
}

function serviceNames(
  groups: readonly ServiceGroup[],
  { taken, top }: { readonly taken: readonly LoadedService[]; readonly top: string },
): ReadonlyMap<string, string> {
  const used = new Set(taken.flatMap((service) => (service.kind === 'ok' ? [String(service.service.metadata.name)] : [])));
  const names = new Map<string, string>();
  for (const { root } of groups) {
    const candidates = root === '' ? [top] : [nameFrom(root.slice(root.lastIndexOf('/') + 1), 'service'), nameFrom(root, 'service')];
    let name = candidates.find((candidate) => !used.has(candidate));
    for (let number = 2; name === undefined; number += 1) {
      const numbered = `${candidates[0] ?? 'service'}-${String(number)}`;
      if (!used.has(numbered)) name = numbered;
    }
    used.add(name);
    names.set(root, name);
  }
  return names;
}

interface Around {
  readonly paths: readonly string[];
  readonly owner: string;
  /** The overlays in it. */
  readonly within: readonly string[];
}

function existingRoot(loaded: LoadedService, { paths, owner, within }: Around): ExistingRoot {
  const from = (path: string): string => (loaded.root === '' ? path : `${loaded.root}/${path}`);
  const folder = (path: string): string => `${folderOf(path)}/`;
  const hasOne = (path: string): boolean =>
    path.endsWith('controls.yaml') ? paths.includes(from(path)) : paths.some((known) => known.startsWith(from(folder(path))));
  const missing = [...commonDocuments(owner)].filter(([path]) => !hasOne(path)).map(([path, text]): [string, string] => [from(path), text]);
  const declared = loaded.kind === 'ok' ? loaded.environments.map(({ spec }) => from(spec.path)) : within;
  return { loaded, missing: new Map(missing), undeclared: within.filter((overlay) => !declared.includes(overlay)) };
}

/** Charts of their own: a chart below another is a part of it. */
function chartsAmong(paths: readonly string[]): readonly string[] {
  const folders = paths.filter((path) => path === 'Chart.yaml' || path.endsWith('/Chart.yaml')).map(folderOf);
  return folders.filter((folder) => !folders.some((other) => folder !== other && folder.startsWith(`${other}/`)));
}
