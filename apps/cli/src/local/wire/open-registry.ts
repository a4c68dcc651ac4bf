import type { Registry } from '@fairlead/engine';
import type { Terminal } from '../../terminal.ts';
import { readRegistries } from '../registries-file.ts';

/** Registries as this machine is signed in to them. Loaded only where one is asked. */
export async function openRegistry(terminal: Terminal): Promise<Registry> {
  const { dockerCredentials, ociRegistry } = await import('@fairlead/adapters/registry');
  return ociRegistry({ credentials: dockerCredentials({ env: terminal.env }), registries: await readRegistries(terminal) });
}
