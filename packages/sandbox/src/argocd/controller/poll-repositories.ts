import { sourcesOf } from '../application/application.ts';
import { textAt } from '../../json/json.ts';
import { type ApplicationWorker } from './application-worker.ts';
import { type ControllerContext } from './controller-context.ts';
import { pause } from '../../kube/pause.ts';

/** Every so many rounds, everything is compared whether or not something moved. */
const roundsPerFullCompare = 40;

/** Asks the repositories in use whether something moved, and wakes the applications of those that did, until everything ends. */
export async function pollRepositories(
  context: ControllerContext,
  workers: ReadonlyMap<string, ApplicationWorker>,
  everyMs: number,
): Promise<void> {
  for (let round = 1; !context.signal.aborted; round += 1) {
    await pause(everyMs, context.signal);
    const isFull = round % roundsPerFullCompare === 0;
    for (const [repository, names] of applicationsByRepository(context)) {
      const moved = await context.manifests.hasMoved(repository);
      const due = moved || isFull ? names : [];
      due.forEach((name) => workers.get(name)?.wake('git'));
    }
  }
}

function applicationsByRepository({ applications }: ControllerContext): ReadonlyMap<string, readonly string[]> {
  const byRepository = new Map<string, readonly string[]>();
  for (const name of applications.names()) {
    const application = applications.get(name);
    for (const source of application === undefined ? [] : sourcesOf(application).sources) {
      const repository = textAt(source, 'repoURL');
      if (repository !== undefined) byRepository.set(repository, [...new Set([...(byRepository.get(repository) ?? []), name])]);
    }
  }
  return byRepository;
}
