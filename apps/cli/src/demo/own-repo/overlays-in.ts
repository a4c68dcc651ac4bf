import { didYouMean } from '@fairlead/domain';
import { openWorld } from '../../local/wire.ts';
import type { Terminal } from '../../terminal.ts';

const shown = 12;

/** What one could have named, as a hint. */
export async function overlaysIn(here: Terminal, path = ''): Promise<string> {
  await using world = await openWorld(here);
  const known = (await world.environments()).map((environment) => environment.path || '.');
  if (known.length === 0) return 'the commit has no kustomization at all';
  const meant = path === '' ? undefined : didYouMean(path, known);
  if (meant !== undefined) return `did you mean ${meant}?`;
  const rest = known.length - shown;
  return `the commit has: ${known.slice(0, shown).join(', ')}${rest > 0 ? ` and ${String(rest)} more` : ''}`;
}
