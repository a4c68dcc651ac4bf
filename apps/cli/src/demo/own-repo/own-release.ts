import { createRelease, InvariantError } from '@fairlead/domain';
import type { OwnService } from './own-service.ts';

export interface OwnRelease {
  readonly version: string;
  /** YAML, as a build would have written it. */
  readonly manifest: string;
}

interface Source {
  readonly commit: string;
  /** RFC 3339, in whole seconds. */
  readonly committedAt: string;
  /** How people call what it was made of. */
  readonly version: string;
}

/** The images that the overlay has now, as a release of the copy's commit. */
export function ownRelease({ name, repository, components }: OwnService, { commit, committedAt, version }: Source): OwnRelease {
  const created = createRelease(
    {
      metadata: { service: name, version, createdAt: committedAt },
      source: { repository, commit, ref: 'refs/heads/main' },
      components: components.map((component) => ({
        name: component.name,
        image: { repository: component.repository, digest: component.digest },
      })),
    },
    `${version}.yaml`,
  );
  if (created.kind === 'created') return { version, manifest: created.text };
  throw new InvariantError('release-invalid', created.problems.map(({ message }) => message).join('; '));
}
