import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { exampleEnvironments, startExampleWorld, type ExampleWorld } from '@fairlead/sandbox';
import type { RunningServer } from '@fairlead/server';
import { UsageError } from '../usage-error.ts';
import { startDemoServer, type DemoPlace } from './demo-server.ts';

/** Everything that a user would find at home, and the server between. */
export interface DemoWorld {
  readonly world: ExampleWorld;
  readonly server: RunningServer;
}

/** From `src/demo` and from `dist/demo` alike. */
export const examplesFolder = join(import.meta.dirname, '../../../../examples');

/** The example lies beside the program in a checkout, and nowhere else. */
async function requireExamples(): Promise<void> {
  const found = await stat(join(examplesFolder, 'history')).catch(() => undefined);
  if (found === undefined) throw new UsageError(`the demo needs the example, and ${examplesFolder} is not there`, 'run it in a checkout');
}

const partNames = { kubernetes: 'Kubernetes', git: 'Git', argocd: 'Argo CD', flux: 'Flux' } as const;
const partTexts = {
  kubernetes: 'an API server with controllers and a node that pretends, in memory',
  git: 'the environment repository over HTTP; main is the source of 1.41.0, nothing is released',
  argocd: `${String(exampleEnvironments.length)} Applications, which nobody syncs but Fairlead`,
  flux: `${String(exampleEnvironments.length)} Kustomizations, which follow main`,
} as const;

export async function startDemoWorld(place: DemoPlace): Promise<DemoWorld> {
  const { directory, stage, stack, checkpoint } = place;
  await requireExamples();
  const world = stack.use(
    await startExampleWorld({
      folder: join(directory, 'world'),
      example: join(examplesFolder, 'platform-control'),
      history: join(examplesFolder, 'history'),
      onStarted: (part) => {
        stage.line(partNames[part], partTexts[part]);
        checkpoint();
      },
    }),
  );
  checkpoint();

  const server = await startDemoServer(place, {
    repository: { name: 'platform-control', url: world.repositoryUrl },
    kubeconfigPath: world.kubeconfigPath,
    allow: Object.values(world.routes).map(({ address }) => address),
  });
  return { world, server };
}
