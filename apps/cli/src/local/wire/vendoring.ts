import { folderFiles, findRepository } from '@fairlead/adapters/git';
import { wasmRenderer } from '@fairlead/adapters/renderer';
import { planVendoring, type PlannedVendoring, type Vendoring } from '@fairlead/engine';
import type { Terminal } from '../../terminal.ts';
import { findPlace } from '../find-place.ts';
import { openRemoteBases } from './remote-bases.ts';

export type { PlannedVendoring, Vendoring };

export interface VendoringHere {
  /** What its paths are from. */
  readonly root: string;
  readonly planned: PlannedVendoring;
}

/** Plans copies of the remote bases at or below the path. Writes nothing but the cache. */
export async function vendoringHere(terminal: Terminal, path = '.'): Promise<VendoringHere> {
  const found: { checkout: Awaited<ReturnType<typeof findRepository>> } = { checkout: 'absent' };
  const place = await findPlace(terminal.cwd, path, async (directory) => {
    found.checkout = await findRepository(directory, terminal.env);
    return found.checkout === 'absent' ? undefined : found.checkout.root;
  });
  const { checkout } = found;
  const remotes = openRemoteBases(terminal);
  const renderer = wasmRenderer();
  try {
    const files = checkout === 'absent' ? folderFiles(place.root) : checkout.files();
    return { root: place.root, planned: await planVendoring({ renderer, remotes }, { files, path: place.path }) };
  } finally {
    await renderer[Symbol.asyncDispose]();
    await remotes[Symbol.asyncDispose]();
    if (checkout !== 'absent') await checkout[Symbol.asyncDispose]();
  }
}
