import { basename } from 'node:path';
import { nameFrom, RepositoryUrl, type ProposedTarget, type Tier } from '@fairlead/domain';
import { surveyRepository, type ExistingRoot, type Survey } from '@fairlead/engine';
import type { Terminal } from '../../terminal.ts';
import { openCheckout } from './open-checkout.ts';

export type { ExistingRoot, Survey };

/** What a person says of the repository beforehand. */
export interface SurveyWish {
  readonly service?: string | undefined;
  readonly repository?: RepositoryUrl | undefined;
  readonly owner: string;
  readonly controller?: ProposedTarget['controller'] | undefined;
  readonly environments: readonly string[];
  readonly tiers: ReadonlyMap<string, Tier>;
}

export interface Surveyed {
  /** The work tree's top. */
  readonly root: string;
  /** Where was looked, from there. */
  readonly path: string;
  readonly survey: Survey;
}

/** Looks through the checkout that the path lies in. */
export async function surveyCheckout(terminal: Terminal, path: string | undefined, wish: SurveyWish): Promise<Surveyed> {
  await using place = await openCheckout(terminal, path);
  const { root, checkout, renderer } = place;
  const { origin, defaultBranch, branch } = checkout;
  const name = wish.service ?? nameFrom(basename((origin ?? root).replace(/\/+$/, '').replace(/\.git$/, '')), 'service');
  const known = wish.repository ?? repositoryOf(origin);
  const current = branch?.replace('refs/heads/', '') ?? 'main';
  const survey = await surveyRepository(
    { renderer },
    {
      files: checkout.files(),
      path: place.path,
      chosen: wish.environments,
      tiers: wish.tiers,
      facts: {
        name,
        repository: known ?? `https://git.example.com/${name}`,
        isRepositoryGuess: known === undefined,
        refs: [`refs/heads/${defaultBranch === 'absent' ? current : defaultBranch.name}`],
        owner: wish.owner,
        ...(wish.controller === undefined ? {} : { controller: wish.controller }),
      },
    },
  );
  return { root, path: place.path, survey };
}

function repositoryOf(origin: string | undefined): RepositoryUrl | undefined {
  const parsed = RepositoryUrl.safeParse(origin?.startsWith('/') === true ? `file://${origin}` : origin);
  return parsed.success ? parsed.data : undefined;
}
