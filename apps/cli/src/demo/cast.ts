import { readFile } from 'node:fs/promises';
import type { Call } from '@fairlead/api';
import { InvariantError, type Digest } from '@fairlead/domain';
import { exampleStory, type ExampleVersion, type ExampleWorld } from '@fairlead/sandbox';
import type { RunningServer } from '@fairlead/server';
import type { Program } from '../command.ts';
import { commandLine, type CommandLine } from './command-line.ts';
import type { Expectations } from './expectations.ts';
import { short } from './follow.ts';
import { peopleOf } from './people.ts';
import type { Stage } from './stage.ts';

/** Who plays, where, and what is to be told. */
export interface Cast {
  readonly world: ExampleWorld;
  readonly server: RunningServer;
  readonly stage: Stage;
  readonly expectations: Expectations;
  /** Throws where the user wants to stop. */
  readonly checkpoint: () => void;
  /** Runs Fairlead's commands. */
  readonly program: Program;
  /** Where they write files, and where these are left. */
  readonly proofFolder: string;
  /** The local admin, who requests. */
  readonly admin: Call;
  /** What the local admin types. */
  readonly fairlead: CommandLine;
  /** The second person, who approves for staging and nothing else. */
  readonly ada: Call;
  readonly releases: Readonly<Record<ExampleVersion, Digest>>;
}

export const service = 'platform-control';

type Alone = Omit<Cast, 'admin' | 'fairlead' | 'ada' | 'releases'>;

/** Signs in by the one-time link as anybody would, makes the second person, and registers the three releases. */
export async function castOf(alone: Alone, releasesFolder: string): Promise<Cast> {
  const { server, stage, program, proofFolder } = alone;
  const { admin, token, ada } = await peopleOf({ server, stage, environment: 'staging' });
  const registered = new Map<string, Digest>();
  for (const { version } of exampleStory) {
    const manifest = await readFile(`${releasesFolder}/${version}.yaml`, 'utf8');
    const { release } = await admin('registerRelease', { body: { manifest } });
    registered.set(version, release.digest);
  }
  stage.line('releases', [...registered].map(([version, digest]) => `${version} is ${short(digest)}`).join(' · '));

  const digestOf = (version: ExampleVersion): Digest => {
    const digest = registered.get(version);
    if (digest === undefined) throw new InvariantError('release-unknown', `release ${version} was not registered`);
    return digest;
  };
  const releases = { '1.41.0': digestOf('1.41.0'), '1.42.0': digestOf('1.42.0'), '1.43.0': digestOf('1.43.0') };
  const fairlead = commandLine({ stage, program, server: server.url, token, directory: proofFolder });
  return { ...alone, admin, fairlead, ada, releases };
}
