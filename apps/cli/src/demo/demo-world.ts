import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { exampleEnvironments, startExampleWorld, type ExampleWorld } from '@fairlead/sandbox';
import type { RunningServer } from '@fairlead/server';
import { openLogFile } from './log-file.ts';
import type { Stage } from './stage.ts';
import { UsageError } from '../usage-error.ts';

/** Everything that a user would find at home, and the server between. */
export interface DemoWorld {
  readonly world: ExampleWorld;
  readonly server: RunningServer;
  readonly logPath: string;
}

export interface DemoWorldOptions {
  readonly directory: string;
  readonly stage: Stage;
  readonly stack: AsyncDisposableStack;
  /** Throws where the user wants to stop. */
  readonly checkpoint: () => void;
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

export async function startDemoWorld({ directory, stage, stack, checkpoint }: DemoWorldOptions): Promise<DemoWorld> {
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

  const { lineLog, loadInstallation, readEnvironmentVariables, startServer } = await import('@fairlead/server');
  const { isRoot, workingDirectory, variables } = readEnvironmentVariables();
  const env = { isRoot, workingDirectory, variables }; // not the user's own configuration or data
  const installation = await loadInstallation(
    {
      data: join(directory, 'data'),
      listen: '127.0.0.1:0',
      repositories: [`platform-control=${world.repositoryUrl}`],
      clusters: [`sandbox=${world.kubeconfigPath}`],
      allow: Object.values(world.routes).map(({ address }) => address),
    },
    env,
  );
  const logFile = stack.use(openLogFile(join(directory, 'server.log')));
  const log = lineLog(logFile.stream, () => new Date());
  const server = stack.use(await startServer({ installation, env, log }));
  stage.line('Fairlead', `${server.url}, on a PostgreSQL that it started itself`);
  return { world, server, logPath: logFile.path };
}
