import { NotFoundError, type Blocker, type ReleaseManifest } from '@fairlead/domain';
import type { Git } from '../ports/git.ts';
import type { EnvironmentConfiguration } from '../service/environment-configuration.ts';

/** Of what a release's source is judged by. */
type SourceConfiguration = Pick<EnvironmentConfiguration, 'service' | 'environment'> & {
  readonly repository: { readonly git: Pick<Git, 'head' | 'ancestry'> };
};

/** A release has to come from the declared repository, from a commit on one of its protected branches. */
export async function sourceBlockers(
  { service, repository, environment }: SourceConfiguration,
  { source, metadata }: ReleaseManifest,
  now: Date,
): Promise<readonly Blocker[]> {
  const { refs } = service.spec.source;
  const common = {
    gate: 'release',
    since: now.toISOString(),
    expected: `a commit on ${refs.join(' or ')} of ${service.spec.repository}`,
    who: ['promoter'],
  } as const;
  if (metadata.captured === true && environment.spec.tier === 'production') {
    const message = `release ${metadata.version} was captured from what runs, not made by a build`;
    return [{ ...common, code: 'release-captured', message, observed: 'captured', fix: 'promote a release that the build made' }];
  }
  if (source.repository !== service.spec.repository) {
    return [
      {
        ...common,
        code: 'release-source',
        message: `the release was built from ${source.repository}`,
        observed: source.repository,
        fix: 'build the release from the declared repository',
      },
    ];
  }
  for (const ref of refs) {
    const head = await repository.git.head(ref.replace(/^refs\/heads\//, ''));
    if (head === 'absent') continue;
    const ancestry = await repository.git.ancestry(source.commit, head).catch((error: unknown) => {
      if (error instanceof NotFoundError) return 'unrelated' as const;
      throw error;
    });
    if (ancestry === 'same' || ancestry === 'ancestor') return [];
  }
  return [
    {
      ...common,
      code: 'release-source',
      message: `commit ${source.commit} is on none of ${refs.join(', ')}`,
      observed: source.commit,
      fix: 'merge the commit into a protected branch first, or release a commit that is there',
    },
  ];
}
