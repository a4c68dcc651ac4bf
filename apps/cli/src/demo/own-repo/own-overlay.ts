import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  kustomizationNames,
  NotFoundError,
  renderFault,
  type Environment,
  type ImageEntryNames,
  type JsonObject,
  type Service,
} from '@fairlead/domain';
import { parse } from 'yaml';
import { z } from 'zod';
import { ContentError } from '../../content-error.ts';
import { openWorld } from '../../local/wire.ts';
import type { Terminal } from '../../terminal.ts';
import { overlaysIn } from './overlays-in.ts';
import { isPlainPath } from './plain-path.ts';

/** An overlay as the copy has it. */
export interface OwnOverlay {
  readonly objects: readonly JsonObject[];
  /** Of its `images:`. */
  readonly entries: readonly ImageEntryNames[];
  /** The service root that it lies in, if there is one. */
  readonly declared?: { readonly root: string; readonly service: Service; readonly environment?: Environment };
}

export interface OverlayPlace {
  /** The copy's top. */
  readonly copy: string;
  /** From there. */
  readonly path: string;
  /** As its person named it. */
  readonly argument: string;
}

/** Renders it offline from the copy: what isn't committed isn't read. */
export async function readOwnOverlay(terminal: Terminal, place: OverlayPlace): Promise<OwnOverlay> {
  const { copy, path, argument } = place;
  const here = { ...terminal, cwd: copy };
  const kustomization = await kustomizationOf(copy, path);
  if (kustomization === undefined) {
    const hint = await overlaysIn(here, path);
    throw new NotFoundError('environment-unknown', `--env: no kustomization is committed in ${argument}`, { hint });
  }
  await using world = await openWorld(here, path === '' ? '.' : path);
  const rendered = await world.render();
  if (rendered.kind === 'failed') {
    const { message, fix } = renderFault(rendered);
    throw new ContentError('render-failed', `${argument} does not render`, [`${message}\n    fix: ${fix}`]);
  }
  if (rendered.objects.length === 0) {
    throw new ContentError('render-failed', `${argument} renders to no object`, [
      'there is nothing to deliver\n    fix: name an overlay with resources',
    ]);
  }
  const declared = await declaredAround(here, place);
  return { objects: rendered.objects, entries: entriesOf(kustomization), ...(declared === undefined ? {} : { declared }) };
}

async function kustomizationOf(copy: string, folder: string): Promise<string | undefined> {
  for (const name of kustomizationNames) {
    if (await isPlainPath(copy, join(folder, name))) return readFile(join(copy, folder, name), 'utf8');
  }
  return undefined;
}

const Kustomization = z.object({
  images: z.array(z.object({ name: z.string().optional().catch(undefined), newName: z.string().optional().catch(undefined) })).default([]),
});

/** What can't be read here stops the promotion with the reason. */
function entriesOf(text: string): readonly ImageEntryNames[] {
  const read = Kustomization.safeParse(parse(text, { logLevel: 'error', merge: true }));
  return read.success ? read.data.images : [];
}

async function declaredAround(here: Terminal, { path, argument }: OverlayPlace): Promise<OwnOverlay['declared']> {
  const root = await rootAround(here.cwd, path);
  if (root === undefined) return undefined;
  await using world = await openWorld(here, root === '' ? '.' : root);
  const declared = (await world.environments()).flatMap((environment) => (environment.declared?.root === root ? [environment] : []));
  const service = declared[0]?.declared?.service;
  if (service === undefined) {
    const fix = `fairlead check ${root === '' ? '.' : root}`;
    throw new ContentError('configuration-invalid', `${argument} lies in a service root whose documents are wrong`, [
      `see all of it: ${fix}`,
    ]);
  }
  const environment = declared.find((found) => found.path === path)?.declared?.environment;
  return { root, service, ...(environment === undefined ? {} : { environment }) };
}

/** The nearest folder at or above the overlay that has a service document. */
async function rootAround(copy: string, path: string): Promise<string | undefined> {
  const steps = path === '' ? [] : path.split('/');
  for (let length = steps.length; length >= 0; length -= 1) {
    const root = steps.slice(0, length).join('/');
    if (await isPlainPath(copy, join(root, '.fairlead/service.yaml'))) return root;
  }
  return undefined;
}
