import { join } from 'node:path';
import type { RunningServer } from '@fairlead/server';
import { openLogFile } from './log-file.ts';
import type { Stage } from './stage.ts';

/** Where a play takes place. */
export interface DemoPlace {
  readonly directory: string;
  readonly stage: Stage;
  /** Ends what was started. */
  readonly stack: AsyncDisposableStack;
  /** Throws where the user wants to stop. */
  readonly checkpoint: () => void;
}

/** What the server shall know of the world. */
export interface DemoInstallation {
  readonly repository: { readonly name: string; readonly url: string };
  readonly kubeconfigPath: string;
  /** `host:port` of what checks may call. */
  readonly allow: readonly string[];
}

export async function startDemoServer({ directory, stage, stack }: DemoPlace, world: DemoInstallation): Promise<RunningServer> {
  const { lineLog, loadInstallation, readEnvironmentVariables, startServer } = await import('@fairlead/server');
  const { isRoot, workingDirectory, variables } = readEnvironmentVariables();
  const env = { isRoot, workingDirectory, variables }; // not the user's own configuration or data
  const { repository, kubeconfigPath, allow } = world;
  const installation = await loadInstallation(
    {
      data: join(directory, 'data'),
      listen: '127.0.0.1:0',
      repositories: [`${repository.name}=${repository.url}`],
      clusters: [`sandbox=${kubeconfigPath}`],
      allow,
    },
    env,
  );
  const logFile = stack.use(openLogFile(join(directory, 'server.log')));
  const server = stack.use(await startServer({ installation, env, log: lineLog(logFile.stream, () => new Date()) }));
  stage.line('Fairlead', `${server.url}, on a PostgreSQL that it started itself`);
  return server;
}
