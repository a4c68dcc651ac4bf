import { apiVersion, type ReleaseView } from '@fairlead/api';
import { NotFoundError } from '@fairlead/domain';
import { manifestOf, registerRelease, type EnginePorts, type StoredRelease } from '@fairlead/engine';
import type { Handlers } from '../handler.ts';
import { pagingOf } from '../paging.ts';
import { RefusedError } from '../problem.ts';

export function releaseHandlers(ports: EnginePorts): Pick<Handlers, 'listReleases' | 'getRelease' | 'registerRelease'> {
  return {
    async listReleases({ query }) {
      const filter = query.service === undefined ? {} : { service: query.service };
      const page = await ports.store.read((reader) => reader.releases.list(filter, pagingOf(query)));
      const items = await Promise.all(page.items.map((release) => view(ports, release)));
      return { apiVersion, kind: 'ReleaseList', items, ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }) };
    },

    async getRelease({ params }) {
      const release = await ports.store.read((reader) => reader.releases.get(params.digest));
      if (release === 'absent') throw new NotFoundError('release-unknown', `no release ${params.digest} is registered`);
      return { ...(await view(ports, release)), manifest: release.manifest };
    },

    async registerRelease({ body, session }) {
      const registered = await registerRelease(ports, body.manifest, session.actor);
      switch (registered.kind) {
        case 'invalid':
          throw new RefusedError(
            { code: 'document-invalid', status: 422, message: `the manifest has ${String(registered.problems.length)} problems` },
            { problems: registered.problems },
          );
        case 'conflict':
          throw new RefusedError(
            {
              code: 'release-conflict',
              status: 409,
              message: `${registered.known.service} ${registered.known.version} is registered as ${registered.known.digest}`,
            },
            { hint: 'a release never changes: give the new content a new version' },
          );
        case 'registered':
        case 'exists':
          return { kind: registered.kind, release: await view(ports, registered.release) };
      }
    },
  };
}

async function view(ports: EnginePorts, release: StoredRelease): Promise<ReleaseView> {
  const { digest, service, version, registeredAt, record } = release;
  const manifest = await manifestOf(ports.store, digest);
  return { digest, service, version, commit: manifest.source.commit, registeredAt, evidence: record };
}
