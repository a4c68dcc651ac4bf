import { didYouMean, NotFoundError } from '@fairlead/domain';
import { UsageError } from '../usage-error.ts';
import { noEnvironment } from './no-environment.ts';
import type { DeclaredEnvironment, LocalWorld } from './wire.ts';

/** The declared environment that `-e` means: `staging`, or `service/staging` where several services have one. Without a name the only one. */
export async function environmentNamed(world: LocalWorld, named: string | undefined): Promise<DeclaredEnvironment> {
  const declared = (await world.environments()).flatMap(({ declared: by, ...found }) =>
    by === undefined ? [] : [{ ...found, declared: by }],
  );
  if (declared.length === 0) throw noEnvironment(world);
  const names = declared.map(({ name }) => name);
  const found = declared.filter(({ name }) => named === undefined || name === named || name.endsWith(`/${named}`));
  const [first, second] = found;
  if (first !== undefined && second === undefined) return first;
  if (first !== undefined) {
    const all = found.map(({ name }) => name).join(', ');
    throw new UsageError(
      named === undefined ? `several environments are declared: ${all}` : `${named} can mean ${all}`,
      `name one: -e ${first.name}`,
    );
  }
  const known = [...names, ...names.map((name) => name.slice(name.indexOf('/') + 1))];
  const meant = didYouMean(named ?? '', known);
  const hint = meant === undefined ? `declared: ${names.join(', ')}` : `did you mean ${meant}?`;
  throw new NotFoundError('environment-unknown', `no environment ${named ?? ''} is declared here`, { hint });
}
