import { join } from 'node:path';
import type { Program } from '../../command.ts';
import type { ExitCode } from '../../exit-code.ts';
import type { Terminal } from '../../terminal.ts';
import { commandLine } from '../command-line.ts';
import { peopleOf } from '../people.ts';
import { playOnStage, type PlayOptions } from '../play-on-stage.ts';
import type { Stage } from '../stage.ts';
import { playOwnJourney, type OwnCast } from './own-journey.ts';
import { startOwnWorld } from './own-world.ts';
import { prepareOwnTeam } from './prepare-own-team.ts';
import { repositoryState } from './repository-state.ts';
import { tellOwnTeam } from './tell-own-team.ts';

export interface OwnRepoOptions extends PlayOptions {
  readonly repo: string;
  readonly env?: string;
  readonly program: Program;
  readonly terminal: Terminal;
}

/** The journey on somebody's own overlay, in a copy. */
export function playOwnRepo(stage: Stage, options: OwnRepoOptions): Promise<ExitCode> {
  const { terminal, program, keep } = options;
  return playOnStage(stage, options, async (setting) => {
    const { directory } = setting;
    const team = await prepareOwnTeam(terminal, { ...options, into: directory });
    tellOwnTeam(stage, team);
    stage.line('directory', `${directory}${keep ? ', which stays' : ', removed at the end'}`);
    const before = await repositoryState(team.own);
    const world = await startOwnWorld(setting, team);
    const { token, ...people } = await peopleOf({ server: world.server, stage, environment: team.service.environment });
    const proofFolder = join(directory, 'proof');
    const fairlead = commandLine({ stage, program, server: world.server.url, token, directory: proofFolder });
    const cast: OwnCast = { ...setting, ...world, ...people, team, fairlead, proofFolder };
    await playOwnJourney(cast);

    const same = JSON.stringify(before) === JSON.stringify(await repositoryState(team.own));
    const state = same ? 'is as it was: HEAD, refs, index and files' : 'was changed meanwhile, by somebody else: nothing here writes there';
    stage.plain('');
    stage.line('repository', `${team.own.top} ${state}`);
    return () => tellWhatToTry(cast);
  });
}

async function tellWhatToTry({ stage, server, team }: OwnCast): Promise<void> {
  const { colours } = stage;
  const { name, environment } = team.service;
  stage.plain(`\n${colours.bold('The status page')}, signed in once by this link\n\n  ${colours.cyan(await server.signInLink())}\n`);
  stage.plain(`${colours.bold('Two things to try')}, in another terminal\n`);
  stage.plain(
    `  1  See what runs:  npx fairlead login --link '${await server.signInLink()}'\n                     npx fairlead status -e ${name}/${environment}`,
  );
  stage.plain(`  2  Why it is so:   npx fairlead explain environment/${name}/${environment}`);
}
