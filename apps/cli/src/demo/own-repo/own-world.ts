import { join } from 'node:path';
import { startTeamWorld, type TeamWorld } from '@fairlead/sandbox';
import type { RunningServer } from '@fairlead/server';
import { startDemoServer, type DemoPlace } from '../demo-server.ts';
import type { OwnTeam } from './prepare-own-team.ts';
import { tellDefined } from './tell-own-team.ts';

export interface OwnWorld {
  readonly world: TeamWorld;
  readonly server: RunningServer;
}

const partNames = { kubernetes: 'Kubernetes', git: 'Git', argocd: 'Argo CD' } as const;

export async function startOwnWorld(place: DemoPlace, { service, world: needs }: OwnTeam): Promise<OwnWorld> {
  const { directory, stage, stack, checkpoint } = place;
  const partTexts = {
    kubernetes: 'an API server with controllers and a node that pretends, in memory: no container is started',
    git: `the copy over HTTP, as ${needs.repository.name}`,
    argocd: `Application ${service.application.name}, which nobody syncs but Fairlead`,
  };
  const world = stack.use(
    await startTeamWorld({
      ...needs,
      folder: join(directory, 'world'),
      onStarted: (part) => {
        stage.line(partNames[part], partTexts[part]);
        checkpoint();
      },
    }),
  );
  tellDefined(stage, world.defined);
  const repository = { name: needs.repository.name, url: world.repositoryUrl };
  const server = await startDemoServer(place, { repository, kubeconfigPath: world.kubeconfigPath, allow: [] });
  return { world, server };
}
