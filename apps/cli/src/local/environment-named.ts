import { didYouMean, NotFoundError } from '@fairlead/domain';
import { UsageError } from '../usage-error.ts';
import { noEnvironment } from './no-environment.ts';
import type { DeclaredEnvironment, FoundEnvironment, LocalWorld } from './wire.ts';

/** The environment that `-e` means: declared, or only the folder of a kustomization. Without a name the only one. */
export async function environmentToLookAt(world: LocalWorld, named: string | undefined): Promise<FoundEnvironment> {
  return only(world, await world.environments(), named);
}

/** The declared environment that `-e` means: `staging`, or `service/staging` where several services have one. Without a name the only one. */
export async function environmentNamed(world: LocalWorld, named: string | undefined): Promise<DeclaredEnvironment> {
  const found = await world.environments();
  const declared = found.flatMap(({ declared: by, ...environment }) => (by === undefined ? [] : [{ ...environment, declared: by }]));
  return only(world, declared, named);
}

function only<T extends FoundEnvironment>(world: LocalWorld, all: readonly T[], named: string | undefined): T {
  if (all.length === 0) throw noEnvironment(world);
  const names = all.map(({ name }) => name);
  const found = all.filter(({ name, path }) => named === undefined || name === named || path === named || name.endsWith(`/${named}`));
  const [first, second] = found;
  if (first !== undefined && second === undefined) return first;
  if (first !== undefined) {
    const list = found.map(({ name }) => name).join(', ');
    throw new UsageError(
      named === undefined ? `there are several environments: ${list}` : `${named} can mean ${list}`,
      `name one: -e ${first.name}`,
    );
  }
  const meant = didYouMean(named ?? '', [...names, ...names.map((name) => name.slice(name.lastIndexOf('/') + 1))]);
  const hint = meant === undefined ? `found: ${names.join(', ')}` : `did you mean ${meant}?`;
  throw new NotFoundError('environment-unknown', `there is no environment ${named ?? ''} here`, { hint });
}
