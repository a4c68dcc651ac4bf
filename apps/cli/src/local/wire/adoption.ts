import { pathHistory } from '@fairlead/adapters/git';
import { loadServices, readAdoption, type EnvironmentAdoption, type LoadedService, type ReadAdoption } from '@fairlead/engine';
import type { Terminal } from '../../terminal.ts';
import { UsageError } from '../../usage-error.ts';
import { openCheckout } from './open-checkout.ts';

export type { EnvironmentAdoption, LoadedService, ReadAdoption };

/** How the environments of a checkout stand, by its history and its files of evidence. */
export async function adoptionHere(terminal: Terminal, path: string | undefined): Promise<ReadAdoption> {
  await using place = await openCheckout(terminal, path);
  const { checkout, renderer, root } = place;
  if (checkout.head === 'absent') throw new UsageError(`${root} has no commit yet, so it has no history to read`, 'commit first');
  const past = { snapshot: checkout.snapshot.bind(checkout) };
  const ports = { renderer, files: checkout.files(), history: pathHistory(root, terminal.env), past };
  return await readAdoption(ports, place.path, terminal.now());
}

/** The service roots of a checkout. */
export async function servicesHere(terminal: Terminal, path: string | undefined): Promise<readonly LoadedService[]> {
  await using place = await openCheckout(terminal, path);
  const loaded = await loadServices(place.checkout.files());
  return loaded.filter(({ root }) => place.path === '' || root === place.path || root.startsWith(`${place.path}/`) || root === '');
}
