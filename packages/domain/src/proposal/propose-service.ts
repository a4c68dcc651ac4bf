import type { ImageEntryNames } from './found-components.ts';
import { foundComponents } from './found-components.ts';
import { foundNamespaces } from './found-namespaces.ts';
import type { GroupedEnvironment, ServiceGroup } from './group-overlays.ts';
import { nameFrom } from './name-from.ts';
import type { ProposedComponent, ProposedEnvironment, ProposedService, ProposedTarget } from './proposed-service.ts';
import { isList } from '../document/is-list.ts';
import type { Json, JsonObject } from '../document/json.ts';
import { objectRefOf } from '../desired-state/object-ref-of.ts';

/** What an overlay renders to, and what its kustomization says of images. */
export interface OverlayContent {
  readonly objects: readonly JsonObject[];
  readonly entries: readonly ImageEntryNames[];
  /** What of the repository points at it. */
  readonly target?: Omit<ProposedTarget, 'isGuess' | 'cluster'>;
  readonly notRendered?: string;
}

export interface ServiceFacts {
  readonly name: string;
  readonly repository: string;
  readonly isRepositoryGuess: boolean;
  readonly refs: readonly string[];
  readonly owner: string;
  readonly controller: ProposedTarget['controller'];
}

export interface ToPropose {
  readonly group: ServiceGroup;
  readonly facts: ServiceFacts;
  /** By path from the repository's root. */
  readonly contents: ReadonlyMap<string, OverlayContent>;
}

/** A service root for overlays that belong together. What can't be known is guessed, and marked as that. */
export function proposeService({ group, facts, contents }: ToPropose): ProposedService {
  const { environments, root } = group;
  const of = ({ path }: GroupedEnvironment): OverlayContent => contents.get(path) ?? { objects: [], entries: [] };
  const { name, repository, isRepositoryGuess, refs, owner } = facts;
  return {
    root,
    name,
    repository,
    isRepositoryGuess,
    refs,
    owner,
    thirdPartyImages: [],
    components: componentsOf(environments.map(of)),
    environments: environments.map((environment) =>
      proposeEnvironment(environment, { content: of(environment), others: environments, root, facts }),
    ),
  };
}

function componentsOf(contents: readonly OverlayContent[]): readonly ProposedComponent[] {
  const entries = contents.flatMap((content) => content.entries);
  const { components } = foundComponents(
    contents.flatMap(({ objects }) => objects),
    entries,
  );
  const rendered = contents.filter(({ notRendered }) => notRendered === undefined);
  return components.map(({ name, repository }) => ({
    name,
    image: repository,
    required: rendered.every(({ objects }) => foundComponents(objects, []).components.some((other) => other.repository === repository)),
  }));
}

interface Around {
  readonly content: OverlayContent;
  readonly others: readonly GroupedEnvironment[];
  readonly root: string;
  readonly facts: ServiceFacts;
}

function proposeEnvironment(environment: GroupedEnvironment, { content, others, root, facts }: Around): ProposedEnvironment {
  const { name, path, tier, isNamed } = environment;
  const { target, notRendered, objects } = content;
  const guess = {
    controller: facts.controller,
    namespace: facts.controller === 'argocd' ? 'argocd' : 'flux-system',
    name: nameFrom(`${facts.name}-${name}`, name),
  };
  return {
    name,
    path: root === '' ? path : path.slice(root.length + 1),
    tier,
    isNamed,
    after: before(environment, others),
    namespaces: namespacesOf(objects),
    secretStores: secretStoresOf(objects),
    target: { ...(target ?? guess), cluster: name, isGuess: target === undefined },
    ...(notRendered === undefined ? {} : { notRendered }),
  };
}

/** Those that a release goes to right before; nobody waits for another to try something in a dev environment. */
function before({ tier, rank, part }: GroupedEnvironment, others: readonly GroupedEnvironment[]): readonly string[] {
  if (tier === 'dev') return [];
  const earlier = others.filter((other) => other.isNamed && other.rank < rank);
  const same = earlier.filter((other) => other.part === part);
  const nearest = Math.max(...same.map((other) => other.rank));
  return same.filter((other) => other.rank === nearest).map(({ name }) => name);
}

const nowhere = 'no-namespace-is-named';

function namespacesOf(objects: readonly JsonObject[]): ProposedEnvironment['namespaces'] {
  const { all } = foundNamespaces(objects, nowhere);
  return all.filter((name) => name !== nowhere).map((name) => ({ name, owned: false }));
}

function secretStoresOf(objects: readonly JsonObject[]): ProposedEnvironment['secretStores'] {
  const stores = objects
    .filter((object) => objectRefOf(object).group === 'external-secrets.io')
    .flatMap((object) => {
      const store = field(field(object, 'spec'), 'secretStoreRef');
      const [kind, name] = [field(store, 'kind') ?? 'SecretStore', field(store, 'name')];
      return typeof name === 'string' && (kind === 'SecretStore' || kind === 'ClusterSecretStore') ? [{ kind, name } as const] : [];
    });
  return [...new Map(stores.map((store) => [`${store.kind}/${store.name}`, store])).values()];
}

function field(value: Json | undefined, name: string): Json | undefined {
  return typeof value === 'object' && value !== null && !isList(value) ? value[name] : undefined;
}
