import { basename, join } from 'node:path';
import { foundNamespaces, nameFrom, objectRefOf, type JsonObject } from '@fairlead/domain';
import type { TeamWorldOptions } from '@fairlead/sandbox';
import { ContentError } from '../../content-error.ts';
import type { Terminal } from '../../terminal.ts';
import { UsageError } from '../../usage-error.ts';
import { commitDocuments } from './commit-documents.ts';
import { copyTree } from './copy-tree.ts';
import { ownComponents, type OwnComponent, type OwnComponents } from './own-components.ts';
import { ownDocuments } from './own-documents.ts';
import { ownKinds } from './own-kinds.ts';
import { readOwnOverlay, type OwnOverlay } from './own-overlay.ts';
import { overlaysIn } from './overlays-in.ts';
import { overlayPath } from './overlay-path.ts';
import { ownRelease, type OwnRelease } from './own-release.ts';
import { findOwnRepository, type OwnRepository } from './own-repository.ts';
import { noComponent, type OwnService } from './own-service.ts';
import { ownWorkload, type OwnWorkload } from './own-workload.ts';

export interface OwnRequest {
  readonly repo: string;
  /** Absent: its person is told what there is. */
  readonly env?: string;
  /** Absent or empty; gets the copy. The caller removes it. */
  readonly into: string;
}

/** Somebody's overlay, ready to be promoted in a world of its own. */
export interface OwnTeam {
  readonly own: OwnRepository;
  /** Committed files that the repository does not hold. */
  readonly absent: readonly string[];
  readonly service: OwnService;
  readonly objects: readonly JsonObject[];
  readonly images: OwnComponents;
  readonly release: OwnRelease;
  readonly workload?: OwnWorkload;
  readonly world: Pick<TeamWorldOptions, 'repository' | 'application' | 'namespaces' | 'kinds'>;
  /** Whether a service root was there already. */
  readonly declared: boolean;
}

/** The folder of the copy that a whole repository is put in, where its top is the overlay: an environment's path is a folder. */
const belowTop = 'overlay';

export async function prepareOwnTeam(terminal: Terminal, { repo, env, into }: OwnRequest): Promise<OwnTeam> {
  const own = await findOwnRepository(terminal.cwd, repo);
  const named = env === undefined ? undefined : overlayPath(own, env);
  const below = named === '' ? belowTop : '';
  const copy = join(into, 'copy');
  const { commit, absent } = await copyTree(own, { into: copy, below });
  if (env === undefined || named === undefined) throw new UsageError('--repo needs --env', await overlaysIn({ ...terminal, cwd: copy }));
  const path = named === '' ? belowTop : named;
  const overlay = await readOwnOverlay(terminal, { copy, path, argument: env });

  const images = ownComponents(overlay.objects, overlay.entries);
  if (images.problems.length > 0) throw new ContentError('image-invalid', `${env} has images that no release can name`, images.problems);
  const service = serviceOf(own, { overlay, images, path });
  const root = overlay.declared?.root ?? '';
  await commitDocuments(copy, { root, documents: ownDocuments(service) });
  const version = `demo-${own.commit.slice(0, 12)}`;
  const workload = ownWorkload(overlay.objects, service.namespaces.destination);
  return {
    own,
    absent,
    service,
    objects: overlay.objects,
    images,
    release: ownRelease(service, { commit, committedAt: own.committedAt, version }),
    ...(workload === undefined ? {} : { workload }),
    world: {
      repository: { name: service.name, folder: copy },
      application: { ...service.application, path, destination: service.namespaces.destination },
      namespaces: service.namespaces.all.filter((namespace) => !service.namespaces.brought.includes(namespace)),
      kinds: ownKinds(overlay.objects),
    },
    declared: overlay.declared !== undefined,
  };
}

interface Read {
  readonly overlay: OwnOverlay;
  readonly images: OwnComponents;
  /** Of the overlay, from the copy's top. */
  readonly path: string;
}

function serviceOf(own: OwnRepository, { overlay: { declared, objects }, images, path }: Read): OwnService {
  const { name, repository, thirdPartyImages, root } = declared === undefined ? named(own) : declaredAs(declared);
  const environment = declared?.environment?.metadata.name ?? nameFrom(basename(path), 'environment');
  const hasApplications = objects.map(objectRefOf).some(({ group }) => group === 'argoproj.io');
  return {
    name,
    environment,
    repository,
    path: root === '' ? path : path.slice(root.length + 1),
    components: images.components.length === 0 ? [noComponent] : calledAs(declared, images.components),
    thirdPartyImages,
    namespaces: foundNamespaces(objects, `${name}-${environment}`),
    // Applications that the overlay holds are objects like others: nobody here fetches what they point to.
    application: { name: `${name}-${environment}`, namespace: hasApplications ? 'demo-argocd' : 'argocd' },
  };
}

type Naming = Pick<OwnService, 'name' | 'repository' | 'thirdPartyImages'> & { readonly root: string };

function named({ top }: OwnRepository): Naming {
  const name = nameFrom(basename(top).replace(/\.git$/, ''), 'service');
  return { name, repository: `https://sandbox.invalid/${name}`, thirdPartyImages: [], root: '' };
}

function declaredAs({ service, root }: NonNullable<OwnOverlay['declared']>): Naming {
  const { repository, thirdPartyImages } = service.spec;
  return { name: service.metadata.name, repository, thirdPartyImages, root };
}

function calledAs(declared: OwnOverlay['declared'], components: readonly OwnComponent[]): readonly OwnComponent[] {
  const known = declared?.service.spec.components ?? [];
  return components.map((component) => ({
    ...component,
    name: known.find(({ image }) => image === component.repository)?.name ?? component.name,
  }));
}
